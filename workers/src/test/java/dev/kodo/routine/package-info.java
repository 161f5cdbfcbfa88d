@NullMarked
package dev.kodo.routine;

import org.jspecify.annotations.NullMarked;
