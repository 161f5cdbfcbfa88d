/** The wire format of Ollama's chat. Knows nothing of the rest of Kodo. */
@NullMarked
package dev.kodo.model.ollama;

import org.jspecify.annotations.NullMarked;
