package dev.kodo.model;

import dev.kodo.worker.JobRun;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One question or its repair, as it is put to one provider after the other. Each provider has an
 * effect step of its own, by its place in the list: {@code ask}, {@code ask:2} and so on.
 *
 * @param name {@code ask}, {@code repair}, or one of them with {@code -all} behind it
 * @param reader tells whether an answer can be used
 * @param allRoom whether it is asked again after a call that was cut while the model thought
 */
record Inquiry(
    JobRun run,
    String name,
    Question<?> question,
    ModelCall.@Nullable Repair repair,
    Predicate<RawAnswer> reader,
    boolean allRoom) {
  /** The same once more, with all the room that there is for thoughts. */
  Inquiry withAllRoom() {
    return new Inquiry(run, name + "-all", question, repair, reader, true);
  }

  boolean fits(RawAnswer answer) {
    return reader.test(answer);
  }

  /**
   * @param place of the provider, counted from 0
   */
  String step(int place) {
    return place == 0 ? name : name + ":" + (place + 1);
  }

  /** The place that {@link #step} was made of. */
  static int place(String step) {
    int colon = step.lastIndexOf(':');
    return colon < 0 ? 0 : Integer.parseInt(step.substring(colon + 1)) - 1;
  }

  ModelCall call(int place) {
    return new ModelCall(
        run.effectKey(step(place)).text(), run.identity(), question, repair, allRoom);
  }
}
