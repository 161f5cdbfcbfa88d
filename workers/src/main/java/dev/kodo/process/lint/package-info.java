/**
 * Checks diagrams, decisions and forms before they reach the engine: readable, within what engine
 * 8.6 can do, wired to the body both ways, and drawn by the house rules.
 */
@NullMarked
package dev.kodo.process.lint;

import org.jspecify.annotations.NullMarked;
