@NullMarked
package dev.kodo.worker;

import org.jspecify.annotations.NullMarked;
