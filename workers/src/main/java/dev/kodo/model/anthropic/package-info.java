/** The wire format of Anthropic's messages. Knows nothing of the rest of Kodo. */
@NullMarked
package dev.kodo.model.anthropic;

import org.jspecify.annotations.NullMarked;
