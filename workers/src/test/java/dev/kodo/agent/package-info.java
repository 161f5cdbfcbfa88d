/** Tests of what becomes of an agent, on a real database. */
@NullMarked
package dev.kodo.agent;

import org.jspecify.annotations.NullMarked;
