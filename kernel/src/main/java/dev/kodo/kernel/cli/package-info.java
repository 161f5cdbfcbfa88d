/** The commands a person types. */
@NullMarked
package dev.kodo.kernel.cli;

import org.jspecify.annotations.NullMarked;
