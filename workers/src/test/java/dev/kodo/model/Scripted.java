package dev.kodo.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model that gives prepared answers and remembers what it was asked. They are read as those of
 * any other model: by the contract of the question.
 */
public final class Scripted implements ModelPort {
  public static final ModelUse USE =
      new ModelUse("rehearsal", "rehearsal-1", true, 1, 2, null, null, 7);

  private static final ModelDescription BY =
      new ModelDescription("rehearsal", "rehearsal-1", true, null);

  public final List<Question<?>> questions = new ArrayList<>();
  private final Map<Class<?>, Record> answers = new HashMap<>();
  private @Nullable Cut cut;

  public Scripted answers(Record answer) {
    answers.put(answer.getClass(), answer);
    return this;
  }

  /** From now on all bodies count as cut for this reason. */
  public Scripted cuts(Cut reason) {
    cut = reason;
    return this;
  }

  @Override
  public <A extends Record> Answer<A> ask(JobRun run, Question<A> question) {
    questions.add(question);
    Record answer =
        Objects.requireNonNull(
            answers.get(question.answerType()), () -> "no answer for " + question.answerType());
    return switch (read(answer, question)) {
      case Reading.Valid<A> valid ->
          new Answer<>(valid.value(), USE, cut == null ? valid.cut() : cut);
      case Reading.Invalid<A> invalid ->
          throw JobFailure.bpmnError(
              ErrorCode.MODEL_ANSWER_INVALID, "The answer " + invalid.fault() + ".", null);
    };
  }

  private static <A extends Record> Reading<A> read(Record answer, Question<A> question) {
    try {
      String text = ModelFixture.JSON.writeValueAsString(answer);
      return new AnswerReader()
          .read(
              new RawAnswer(question.purpose().id(), text, null, 1, 2, null, null, 7, BY),
              question);
    } catch (JsonProcessingException defect) {
      throw new IllegalArgumentException(defect);
    }
  }

  /** What the last question says to an answer that names this title; empty when it is content. */
  public Optional<String> doubt(Record answer) {
    return doubt(questions.getLast(), answer);
  }

  private static <A extends Record> Optional<String> doubt(Question<A> question, Record answer) {
    return question.doubt().apply(question.answerType().cast(answer));
  }

  /** The words in which the last question is sent to a provider. */
  public String sent() {
    ModelCall call = new ModelCall("key", ModelFixture.JOB, questions.getLast(), null);
    return String.join("\n", Prompt.of("", call, "{}").turns());
  }

  public String section(String name) {
    return questions.getLast().sections().stream()
        .filter(section -> section.name().equals(name))
        .findFirst()
        .orElseThrow()
        .text();
  }
}
