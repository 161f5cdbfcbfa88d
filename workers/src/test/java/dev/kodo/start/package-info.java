@NullMarked
package dev.kodo.start;

import org.jspecify.annotations.NullMarked;
