/** The running kernel: one per home folder. */
@NullMarked
package dev.kodo.kernel.run;

import org.jspecify.annotations.NullMarked;
