/** Layer 0: the laws that stand before every prompt, and the check that they are unaltered. */
@NullMarked
package dev.kodo.kernel.constitution;

import org.jspecify.annotations.NullMarked;
