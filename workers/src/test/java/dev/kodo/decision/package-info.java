@NullMarked
package dev.kodo.decision;

import org.jspecify.annotations.NullMarked;
