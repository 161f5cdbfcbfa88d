/** Tests of the launcher script at the root of the repository. */
@NullMarked
package dev.kodo.kernel.launcher;

import org.jspecify.annotations.NullMarked;
