/** The validated configuration tree and the clock. */
@NullMarked
package dev.kodo.config;

import org.jspecify.annotations.NullMarked;
