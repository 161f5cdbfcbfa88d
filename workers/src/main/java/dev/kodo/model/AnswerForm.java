package dev.kodo.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the contract of a question makes of an answer's object. */
sealed interface AnswerForm {
  /** It can become the record. */
  record Fit(ObjectNode object, @Nullable Cut cut) implements AnswerForm {}

  /**
   * It cannot.
   *
   * @param fault end of a sentence that begins with "The answer"
   * @param repeats whether it goes round in circles, which says more than where it was cut
   */
  record Unfit(String fault, boolean repeats) implements AnswerForm {
    Unfit(String fault) {
      this(fault, false);
    }
  }

  /**
   * @param cut why the text of the answer ends before its end; null when it is whole
   */
  static AnswerForm of(JsonInText.One found, @Nullable Cut cut, Question<?> question) {
    boolean bodyIsCut = found.open() != null && isKept(found.open(), question);
    if (found.open() != null && !bodyIsCut) {
      found.object().remove(found.open());
    }
    boolean repeats = joined(found.object(), question);
    LenientForm.bring(found.object(), question);
    @Nullable Cut ofBody = bodyIsCut ? cut : repeats ? Cut.REPETITION : null;
    AnswerForm form = withBody(found.object(), ofBody, question);
    boolean lacksItsEnd = cut != null && !found.whole();
    boolean lost =
        switch (form) {
          case Fit fit -> lacksItsBody(fit.object(), question);
          case Unfit unfit -> !unfit.repeats();
        };
    return lacksItsEnd && lost ? new Unfit(Objects.requireNonNull(cut).fault()) : form;
  }

  /** An empty body says that nothing is worth keeping, but not where it is the cut that took it. */
  private static boolean lacksItsBody(ObjectNode object, Question<?> question) {
    return body(question)
        .filter(body -> object.path(body.getName()).asText().isBlank())
        .isPresent();
  }

  /** Makes one text of a body that came in paragraphs; true when one came a third time. */
  private static boolean joined(ObjectNode object, Question<?> question) {
    Optional<String> name =
        body(question).map(RecordComponent::getName).filter(body -> object.path(body).isArray());
    if (name.isEmpty()) {
      return false;
    }
    Paragraphs paragraphs = Paragraphs.of((ArrayNode) object.path(name.get()));
    object.put(name.get(), paragraphs.text());
    return paragraphs.repeat();
  }

  private static boolean isKept(String open, Question<?> question) {
    return question.contract().otherwise() == Contract.Otherwise.KEEP_WHOLE_SENTENCES
        && body(question).filter(body -> body.getName().equals(open)).isPresent();
  }

  private static Optional<RecordComponent> body(Question<?> question) {
    return AnswerSchema.component(question.answerType(), Body.class);
  }

  private static AnswerForm withBody(ObjectNode object, @Nullable Cut cut, Question<?> question) {
    Optional<String> name =
        body(question).map(RecordComponent::getName).filter(body -> object.path(body).isTextual());
    if (name.isEmpty()) {
      return checked(object, null, question);
    }
    Optional<BodyText> kept = BodyText.of(object.path(name.get()).asText(), cut);
    if (kept.isEmpty()) {
      String text = object.path(name.get()).asText();
      return Repetition.in(text).isPresent()
          ? new Unfit("repeats itself in '%s'; write short sentences".formatted(name.get()), true)
          : new Unfit("has no whole sentence in '" + name.get() + "'");
    }
    object.put(name.get(), kept.get().text());
    return withTitle(object, kept.get(), question);
  }

  private static AnswerForm withTitle(ObjectNode object, BodyText body, Question<?> question) {
    Optional<RecordComponent> title = AnswerSchema.component(question.answerType(), Title.class);
    if (title.isPresent() && object.path(title.get().getName()).isTextual()) {
      String name = title.get().getName();
      int longest = title.get().getAnnotation(Title.class).longest();
      String text = TitleText.of(object.path(name).asText(), body.text(), longest, question);
      object.put(name, text);
      if (text.isEmpty() != body.text().isEmpty()) {
        return new Unfit("has only one of '" + name + "' and the text that it names");
      }
    }
    return checked(object, body.cut(), question);
  }

  private static AnswerForm checked(ObjectNode object, @Nullable Cut cut, Question<?> question) {
    return new SchemaCheck(question)
        .fault(object)
        .or(() -> Blanks.fault(object, question.answerType()))
        .<AnswerForm>map(Unfit::new)
        .orElseGet(() -> new Fit(object, cut));
  }
}
