package dev.kodo.heartbeat;

import org.jspecify.annotations.Nullable;

/**
 * What a beat is to be counted by, apart from how it ended.
 *
 * @param chosenBy null before anything was chosen, and for beats of earlier versions
 * @param choiceFault why the model's choice could not be read, null when it could
 * @param cut why the piece ends at its last whole sentence before its end, null when it is whole
 * @param nothingKept whether the model said that there was nothing worth keeping
 */
public record BeatMarks(
    @Nullable ChosenBy chosenBy,
    @Nullable String choiceFault,
    @Nullable String cut,
    boolean nothingKept) {
  static final BeatMarks NONE = new BeatMarks(null, null, null, false);
}
