package dev.kodo.heartbeat;

import org.jspecify.annotations.Nullable;

/**
 * What the model answers to a question that a person has drawn.
 *
 * @param summary one or two sentences for the activity log
 * @param body the whole answer in Markdown
 * @param choice one of the answers that were offered, null when none were
 */
record AskAnswer(String summary, String body, @Nullable String choice) {}
