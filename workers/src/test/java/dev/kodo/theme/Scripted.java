package dev.kodo.theme;

import dev.kodo.model.Answer;
import dev.kodo.model.ModelPort;
import dev.kodo.model.ModelUse;
import dev.kodo.model.Question;
import dev.kodo.worker.JobRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A model that gives prepared answers and remembers what it was asked. */
final class Scripted implements ModelPort {
  static final ModelUse USE = new ModelUse("rehearsal", "rehearsal-1", true, 1, 2, null, 7);

  final List<Question<?>> questions = new ArrayList<>();
  private final Map<Class<?>, Record> answers = new HashMap<>();

  Scripted answers(Record answer) {
    answers.put(answer.getClass(), answer);
    return this;
  }

  @Override
  public <A extends Record> Answer<A> ask(JobRun run, Question<A> question) {
    questions.add(question);
    Record answer =
        Objects.requireNonNull(
            answers.get(question.answerType()), () -> "no answer for " + question.answerType());
    return new Answer<>(question.answerType().cast(answer), USE);
  }

  String section(String name) {
    return questions.getLast().sections().stream()
        .filter(section -> section.name().equals(name))
        .findFirst()
        .orElseThrow()
        .text();
  }
}
