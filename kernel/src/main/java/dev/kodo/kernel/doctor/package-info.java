/** Looks at the machine and the installation, and says what to do. */
@NullMarked
package dev.kodo.kernel.doctor;

import org.jspecify.annotations.NullMarked;
