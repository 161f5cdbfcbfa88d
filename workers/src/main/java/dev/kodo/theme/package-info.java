/** The themebox, the life of a theme, its expert context and its artifacts. */
@NullMarked
package dev.kodo.theme;

import org.jspecify.annotations.NullMarked;
