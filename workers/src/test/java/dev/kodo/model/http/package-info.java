@NullMarked
package dev.kodo.model.http;

import org.jspecify.annotations.NullMarked;
