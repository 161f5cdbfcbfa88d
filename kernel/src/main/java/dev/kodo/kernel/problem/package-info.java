/** What can go wrong, as stable codes. */
@NullMarked
package dev.kodo.kernel.problem;

import org.jspecify.annotations.NullMarked;
