/**
 * The little of HTTP/1.1 that the guard speaks, on both of its sides. Small enough to be read in
 * full, and strict: what two programs could read in two ways is refused. The JDK's server and
 * client hide what the guard must know: a caller that has gone, an answer that is cut short,
 * whether a request was sent at all.
 */
@NullMarked
package dev.kodo.kernel.guard.http;

import org.jspecify.annotations.NullMarked;
