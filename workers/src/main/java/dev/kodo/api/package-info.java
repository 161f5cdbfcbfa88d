/** The HTTP API on loopback that the command line talks to. */
@NullMarked
package dev.kodo.api;

import org.jspecify.annotations.NullMarked;
