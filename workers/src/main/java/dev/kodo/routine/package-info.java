/**
 * Routines: what an agent does at a time or after an event, besides its beats. A person defines
 * them in {@code routines.yml}; each has limits of its own.
 */
@NullMarked
package dev.kodo.routine;

import org.jspecify.annotations.NullMarked;
