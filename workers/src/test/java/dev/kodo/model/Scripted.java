package dev.kodo.model;

import dev.kodo.worker.JobRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A model that gives prepared answers and remembers what it was asked. */
public final class Scripted implements ModelPort {
  public static final ModelUse USE =
      new ModelUse("rehearsal", "rehearsal-1", true, 1, 2, null, null, 7);

  public final List<Question<?>> questions = new ArrayList<>();
  private final Map<Class<?>, Record> answers = new HashMap<>();

  public Scripted answers(Record answer) {
    answers.put(answer.getClass(), answer);
    return this;
  }

  @Override
  public <A extends Record> Answer<A> ask(JobRun run, Question<A> question) {
    questions.add(question);
    Record answer =
        Objects.requireNonNull(
            answers.get(question.answerType()), () -> "no answer for " + question.answerType());
    return new Answer<>(question.answerType().cast(answer), USE, null);
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
