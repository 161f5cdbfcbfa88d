@NullMarked
package dev.kodo;

import org.jspecify.annotations.NullMarked;
