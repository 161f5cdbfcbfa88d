/** The wire format of OpenAI's chat completions. Knows nothing of the rest of Kodo. */
@NullMarked
package dev.kodo.model.openai;

import org.jspecify.annotations.NullMarked;
