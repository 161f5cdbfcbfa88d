package dev.kodo.model.rehearsal;

import org.jspecify.annotations.Nullable;

/** Answers by rule, one method for each purpose. The same material always gives the same answer. */
public final class Rehearsal {
  private Rehearsal() {}

  /** Which activity comes next, with one sentence why; {@code minutes} 0 is the usual limit. */
  public record Choice(String activity, String reason, int minutes) {}

  /** An artifact. */
  public record Page(String title, String summary, String body) {}

  /** A theme that the agent sets itself. */
  public record ThemeIdea(String title, String text) {}

  /** From which point of view a theme is worked on; {@code comparison} is one line. */
  public record Expertise(String arrangement, String comparison, String expert, String body) {}

  /** A look at itself. */
  public record Review(int score, String summary, String body, String proposal) {}

  /** An answer to a question that a person has drawn, and one of the answers that were offered. */
  public record Reply(String summary, String body, @Nullable String choice) {}

  public static Choice choose(Material material) {
    return Choosing.next(material);
  }

  public static Page think(Material material) {
    return Thinking.page(material);
  }

  public static Page observe(Material material) {
    return Observing.page(material);
  }

  public static Page create(Material material) {
    return Creating.page(material);
  }

  public static Page other(Material material) {
    return Taking.stock(material);
  }

  public static ThemeIdea ownTheme(Material material) {
    return OwnThemes.next(material);
  }

  public static Expertise expertContext(Material material) {
    return Experts.forTheme(material);
  }

  public static Page themeSummary(Material material) {
    return Taking.leave(material);
  }

  public static Page routine(Material material) {
    return Carrying.out(material);
  }

  public static Reply ask(Material material) {
    return Answering.question(material);
  }

  public static Review introspect(Material material) {
    return Introspecting.review(material);
  }
}
