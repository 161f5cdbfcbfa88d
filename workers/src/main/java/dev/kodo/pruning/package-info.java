/** What a feature offers to be removed when it has become old. */
@NullMarked
package dev.kodo.pruning;

import org.jspecify.annotations.NullMarked;
