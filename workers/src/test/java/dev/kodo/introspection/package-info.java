@NullMarked
package dev.kodo.introspection;

import org.jspecify.annotations.NullMarked;
