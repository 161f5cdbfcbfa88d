@NullMarked
package dev.kodo.api;

import org.jspecify.annotations.NullMarked;
