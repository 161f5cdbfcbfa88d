/** What happens once when the body has started. */
@NullMarked
package dev.kodo.start;

import org.jspecify.annotations.NullMarked;
