package dev.kodo.routine;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One routine as {@code routines.yml} defines it.
 *
 * @param line where its entry begins, counted from 1
 */
public record Routine(
    String name,
    @Nullable String description,
    When when,
    Work work,
    Limits limits,
    boolean enabled,
    Missed missed,
    int line) {
  /** Names are file names, words of the command line and parts of an account at the guard. */
  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  /** What starts it. */
  public sealed interface When {
    /** One line for people, such as {@code cron 0 7 * * *}. */
    String text();

    /** Times on the owner's clock. */
    record Cron(Schedule schedule) implements When {
      @Override
      public String text() {
        return "cron " + schedule.text();
      }
    }

    /** Something that happened to the agent. */
    record Happened(Occasion occasion) implements When {
      @Override
      public String text() {
        return "event " + occasion.id();
      }
    }

    /** A new file in the workspace whose path matches. */
    record FileAdded(Glob glob) implements When {
      @Override
      public String text() {
        return "event file-added " + glob.text();
      }
    }

    /** A word that a person or another system sends. */
    record Message(String word) implements When {
      @Override
      public String text() {
        return "message " + word;
      }
    }
  }

  /** What it does. */
  public sealed interface Work {
    /** The model carries a text out; one answer becomes one file. */
    record Instruct(String text) implements Work {}

    /** A diagram that a person drew is called. */
    record Call(String processId) implements Work {}
  }

  /** What happens about a time that passed while nobody looked. */
  public enum Missed {
    /** It runs once, however many times were missed. */
    RUN_ONCE,
    /** It waits for the next time. */
    SKIP;

    /** The form used in the file: {@code run-once}. */
    public String id() {
      return this == RUN_ONCE ? "run-once" : "skip";
    }
  }

  /**
   * How much one run may take.
   *
   * @param spend US dollars in one run
   * @param spendPerDay US dollars in all runs of a day together, null for no limit but the budget's
   * @param calls to a model in one run
   * @param time that one run may last
   */
  public record Limits(
      BigDecimal spend, @Nullable BigDecimal spendPerDay, int calls, Duration time) {
    static final Limits USUAL = new Limits(new BigDecimal("0.25"), null, 6, Duration.ofMinutes(10));
  }
}
