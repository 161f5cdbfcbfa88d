/** The kernel's guard, asked for all but models: those calls go through {@code dev.kodo.model}. */
@NullMarked
package dev.kodo.guard;

import org.jspecify.annotations.NullMarked;
