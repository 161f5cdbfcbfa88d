@NullMarked
package dev.kodo.theme;

import org.jspecify.annotations.NullMarked;
