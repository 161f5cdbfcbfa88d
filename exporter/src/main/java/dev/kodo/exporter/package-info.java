/** Runs inside the engine: writes the engine's records into PostgreSQL, for others to read. */
@NullMarked
package dev.kodo.exporter;

import org.jspecify.annotations.NullMarked;
