/**
 * What tier an agent lives in: what it has spent of its budget, what follows from that, and what
 * the owner is told or asked.
 */
@NullMarked
package dev.kodo.survival;

import org.jspecify.annotations.NullMarked;
