/** The embedded PostgreSQL server. */
@NullMarked
package dev.kodo.kernel.postgres;

import org.jspecify.annotations.NullMarked;
