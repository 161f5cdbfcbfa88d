@NullMarked
package dev.kodo.process;

import org.jspecify.annotations.NullMarked;
