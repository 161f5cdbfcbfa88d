package dev.kodo.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the sections of a question that a model gets to see: all that fit into its context. Older
 * pieces give way first, then older beats, then the middle of the theme, of the expert context and
 * of files.
 */
final class Fit {
  /** Before a model has answered once; Japanese and code have fewer bytes in a token than prose. */
  private static final double USUAL_BYTES_PER_TOKEN = 2.5;

  /** What a chat template puts around the messages. */
  private static final int TEMPLATE_TOKENS = 64;

  /** A theme that is cut shorter says nothing any more. */
  private static final int SHORTEST = 400;

  private static final List<Section.Kind> LEFT_OUT = List.of(Section.Kind.PIECE, Section.Kind.BEAT);
  private static final List<Section.Kind> CUT =
      List.of(Section.Kind.THEME, Section.Kind.CONTEXT, Section.Kind.FILE);

  private final Scope scope;
  private final Question<?> question;
  private final List<String> fixed;

  /**
   * @param fixed the texts around the sections, which are never left out
   */
  Fit(Scope scope, Question<?> question, List<String> fixed) {
    this.scope = scope;
    this.question = question;
    this.fixed = List.copyOf(fixed);
  }

  /** A section and how many tokens it takes. */
  private record Part(Section section, int tokens) {
    Part within(int longest) {
      Section shorter = section.within(longest);
      long share = (long) tokens * shorter.text().length() / Math.max(1, section.text().length());
      return new Part(shorter, Math.toIntExact(share) + 1);
    }
  }

  /**
   * @throws ProviderRefused when what must not be left out does not fit
   */
  List<Section> sections() {
    List<Section> wanted =
        question.sections().stream()
            .filter(this::isShown)
            .map(section -> section.within(scope.longest(section.kind())))
            .toList();
    @Nullable Integer context = scope.contextTokens();
    if (context == null) {
      return wanted;
    }
    int room = context - scope.answerTokens() - TEMPLATE_TOKENS;
    return estimate(texts(wanted)).stream().mapToInt(each -> each).sum() <= room
        ? wanted
        : fitting(wanted, room, context);
  }

  /**
   * A cache that keeps nothing makes a long front dear: the choice then goes without what only the
   * work needs.
   */
  private boolean isShown(Section section) {
    return switch (section.kind()) {
      case INSTRUCTION -> false;
      case CONTEXT, RULES, PIECE -> scope.caches() || question.purpose() != Purpose.CHOOSE_ACTIVITY;
      case FIRM, THEME, BEAT, FILE -> true;
    };
  }

  private List<Section> fitting(List<Section> wanted, int room, int context) {
    List<String> texts = texts(wanted);
    List<Integer> tokens = scope.counter().count(texts).orElseGet(() -> estimate(texts));
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      parts.add(new Part(wanted.get(i), tokens.get(fixed.size() + i)));
    }
    int around = tokens.subList(0, fixed.size()).stream().mapToInt(each -> each).sum();
    LEFT_OUT.forEach(kind -> leaveOut(parts, kind, room - around));
    CUT.forEach(kind -> cut(parts, kind, room - around));
    int needed = sum(parts) + around;
    if (needed > room) {
      throw tooLong(needed, context);
    }
    return parts.stream().map(Part::section).toList();
  }

  /** The oldest first. */
  private static void leaveOut(List<Part> parts, Section.Kind kind, int room) {
    while (sum(parts) > room) {
      Optional<Part> oldest =
          parts.stream().filter(part -> part.section().kind() == kind).findFirst();
      if (oldest.isEmpty()) {
        return;
      }
      parts.remove(oldest.get());
    }
  }

  private static void cut(List<Part> parts, Section.Kind kind, int room) {
    for (int i = 0; i < parts.size(); i++) {
      Part whole = parts.get(i);
      int length = whole.section().text().length();
      while (whole.section().kind() == kind && length > SHORTEST && sum(parts) > room) {
        length = Math.max(SHORTEST, length * 3 / 4);
        parts.set(i, whole.within(length));
      }
    }
  }

  private static int sum(List<Part> parts) {
    return parts.stream().mapToInt(Part::tokens).sum();
  }

  private List<String> texts(List<Section> sections) {
    List<String> texts = new ArrayList<>(fixed);
    sections.forEach(section -> texts.add(Fence.around(section.name(), section.text())));
    return texts;
  }

  private List<Integer> estimate(List<String> texts) {
    @Nullable Double seen = scope.bytesPerToken();
    double ratio = seen == null ? USUAL_BYTES_PER_TOKEN : seen;
    return texts.stream()
        .map(text -> (int) Math.ceil(text.getBytes(UTF_8).length / ratio) + 1)
        .toList();
  }

  private ProviderRefused tooLong(int needed, int context) {
    String message =
        "The question %s needs %d tokens with the room for its answer, but the context of %s has %d, so nothing was sent. Start the server with a longer context, or shorten AGENTS.md."
            .formatted(
                question.purpose().id(),
                needed + scope.answerTokens() + TEMPLATE_TOKENS,
                scope.model(),
                context);
    return new ProviderRefused(new Consequence.Unfit(), message, null, null);
  }
}
