@NullMarked
package dev.kodo.model;

import org.jspecify.annotations.NullMarked;
