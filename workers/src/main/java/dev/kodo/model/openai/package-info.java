/**
 * One OpenAI-compatible chat endpoint, with its failures told apart. The only importer of
 * LangChain4j; knows nothing of the rest of Kodo.
 */
@NullMarked
package dev.kodo.model.openai;

import org.jspecify.annotations.NullMarked;
