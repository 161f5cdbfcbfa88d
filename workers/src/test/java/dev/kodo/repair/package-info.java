@NullMarked
package dev.kodo.repair;

import org.jspecify.annotations.NullMarked;
