@NullMarked
package dev.kodo.workspace;

import org.jspecify.annotations.NullMarked;
