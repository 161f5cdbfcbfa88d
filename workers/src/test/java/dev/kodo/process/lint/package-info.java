/** Shows that the diagrams are clean, and that each check can fail. */
@NullMarked
package dev.kodo.process.lint;

import org.jspecify.annotations.NullMarked;
