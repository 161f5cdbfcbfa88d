/** Supervisor and command line: the part that the agent can never rewrite. */
@NullMarked
package dev.kodo.kernel;

import org.jspecify.annotations.NullMarked;
