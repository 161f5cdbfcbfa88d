package dev.kodo.repair;

import java.util.List;
import java.util.Objects;

/** What people read about a stuck step. */
final class RepairTexts {
  private static final int LONGEST = 400;

  private RepairTexts() {}

  /** What self-repair does about it, a clause. */
  static String doing(Repair repair) {
    return switch (repair.state()) {
      case STUCK -> deciding(repair);
      case ASKED ->
          "asked you, see %s"
              .formatted(Objects.requireNonNullElse(repair.decisionId(), "kodo approvals"));
      case LEFT -> "nothing more: nobody answered in time";
      case CANCELLED -> "cancels the instance, as you wished";
      case GONE -> "nothing: it goes on";
    };
  }

  private static String deciding(Repair repair) {
    if (repair.attempts() == 0) {
      return "decides at its next look";
    }
    return repair.isUnclaimed()
        ? "waits on for a worker, as you wished"
        : "tried again %s, decides at its next look".formatted(times(repair.attempts()));
  }

  static String question(Repair repair) {
    if (repair.isUnclaimed()) {
      return "No worker takes %s of %s (job %s). Wait on for one?"
          .formatted(repair.elementId(), repair.processId(), repair.jobType());
    }
    return "%s of %s is stuck%s. Try it again?"
        .formatted(
            repair.elementId(),
            repair.processId(),
            repair.attempts() == 0
                ? ""
                : ", also after it was tried again %s".formatted(times(repair.attempts())));
  }

  /** Markdown; the text from outside stands in a code block, where it is nothing but text. */
  static String detail(Repair repair, List<String> attempts, String ending) {
    return """
        Where: %s in %s, instance %d, agent %s
        Since: %s
        Kind: %s%s
        What was said:

        ```
        %s
        ```

        What was tried: %s

        Yes: %s No: %s No answer: it stays stuck, and nobody is asked again.
        """
        .formatted(
            repair.elementId(),
            repair.processId(),
            repair.instanceKey(),
            repair.agentId(),
            repair.stuckSince(),
            repair.kind(),
            repair.jobType() == null ? "" : ", job " + repair.jobType(),
            quoted(repair.message()),
            attempts.isEmpty() ? "nothing, as no rule knows a way" : String.join("; ", attempts),
            yes(repair),
            ending);
  }

  /**
   * Nothing can be tried with a job that nobody takes: a worker takes it as soon as it is there.
   */
  private static String yes(Repair repair) {
    return repair.isUnclaimed()
        ? "it waits on for a worker; if none has come, you are asked again after a day."
        : "it is tried again; say so when the cause is removed.";
  }

  private static String quoted(String message) {
    String line = message.replace("```", "'''").replaceAll("[\\p{Cntrl}&&[^\\n]]", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private static String times(int count) {
    return switch (count) {
      case 1 -> "once";
      case 2 -> "twice";
      default -> count + " times";
    };
  }
}
