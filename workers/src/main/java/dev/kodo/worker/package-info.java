/** Cross-cutting job handling: exactly-once effects, failure mapping, time-out extension. */
@NullMarked
package dev.kodo.worker;

import org.jspecify.annotations.NullMarked;
