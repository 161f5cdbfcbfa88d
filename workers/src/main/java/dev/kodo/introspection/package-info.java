/** The agent looks at its own work: evidence, a score, a proposal. */
@NullMarked
package dev.kodo.introspection;

import org.jspecify.annotations.NullMarked;
