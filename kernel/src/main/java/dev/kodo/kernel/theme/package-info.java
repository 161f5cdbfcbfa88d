/** Ideas that a person drops into the themebox. */
@NullMarked
package dev.kodo.kernel.theme;

import org.jspecify.annotations.NullMarked;
