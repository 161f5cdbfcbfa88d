/**
 * The whole of Kodo through its command: real engine, real PostgreSQL, real processes, killed for
 * real.
 */
@NullMarked
package dev.kodo.it;

import org.jspecify.annotations.NullMarked;
