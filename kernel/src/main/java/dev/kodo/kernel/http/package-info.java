/** Small HTTP calls to parts on this machine. */
@NullMarked
package dev.kodo.kernel.http;

import org.jspecify.annotations.NullMarked;
