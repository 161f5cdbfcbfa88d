package dev.kodo.heartbeat;

import org.jspecify.annotations.Nullable;

/**
 * How the latest beats of an agent went, as far as their errors do not tell it.
 *
 * @param beats how many beats are counted here, at most the latest 20 that ended
 * @param asked in how many of them the model was asked for a choice
 * @param byTable in how many of these the table chose, because the model's choice could not be read
 * @param whyTable why the newest of these choices could not be read; null when there is none
 * @param cut how many left a piece that was cut and kept up to its last whole sentence
 * @param nothingKept in how many the model said that there was nothing worth keeping
 */
public record RecentWork(
    int beats, int asked, int byTable, @Nullable String whyTable, int cut, int nothingKept) {}
