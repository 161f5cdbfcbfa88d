package dev.kodo.model;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.StoredCall;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question of one job, from the first call to the answer: each call a step of its own, at most
 * one repair, and once more with all room for thoughts where a model used its tokens up with them.
 */
final class Conversation<A extends Record> {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final String ASK = "ask";
  private static final String REPAIR = "repair";

  /** Nothing came that could be read, and nobody is left to ask. */
  private static final Set<JobFailure.Meaning> NOTHING_TO_READ =
      Set.of(
          new JobFailure.Meaning.Throw(ErrorCode.MODEL_ANSWER_INVALID),
          new JobFailure.Meaning.Throw(ErrorCode.MODEL_UNAVAILABLE),
          new JobFailure.Meaning.Throw(ErrorCode.OUTCOME_UNKNOWN));

  private final JobRun run;
  private final Question<A> question;
  private final List<Provider> providers;
  private final Failover failover;
  private final CallLog log;
  private final AnswerReader reader;
  private final Dialects dialects;

  Conversation(
      JobRun run,
      Question<A> question,
      List<Provider> providers,
      Failover failover,
      CallLog log,
      AnswerReader reader,
      Dialects dialects) {
    this.run = run;
    this.question = question;
    this.providers = providers;
    this.failover = failover;
    this.log = log;
    this.reader = reader;
    this.dialects = dialects;
  }

  /** What one inquiry came to, and what it took. */
  private record Round<A extends Record>(
      StoredCall<RawAnswer> said, Reading<A> reading, ModelUse use) {}

  /**
   * @throws JobFailure as {@link Models#ask} says
   */
  Answer<A> answer() {
    try {
      Round<A> first = round(inquiry(ASK, null), places(), CallState.ANSWERED);
      return switch (first.reading()) {
        case Reading.Valid<A> valid ->
            doubt(first, valid)
                .map(doubt -> anew(first, valid, doubt))
                .orElseGet(() -> new Answer<>(valid.value(), first.use(), valid.cut()));
        case Reading.Invalid<A> invalid -> repaired(first, invalid.fault());
      };
    } catch (JobFailure failure) {
      throw otherwise(failure);
    }
  }

  private Answer<A> repaired(Round<A> first, String fault) {
    LOG.info("{}: the answer {}; asking once more", question.purpose().id(), fault);
    String shown = Repetition.leftOut(first.said().result().text());
    Round<A> second = again(first, new ModelCall.Repair(shown, fault));
    return switch (second.reading()) {
      case Reading.Valid<A> valid ->
          new Answer<>(valid.value(), sum(first.use(), second.use()), valid.cut());
      case Reading.Invalid<A> invalid ->
          throw JobFailure.bpmnError(
              ErrorCode.MODEL_ANSWER_INVALID,
              invalidMessage(second.said().result(), invalid.fault()),
              null);
    };
  }

  /** A stand-in that answers by rule would only say the same again. */
  private Optional<String> doubt(Round<A> first, Reading.Valid<A> valid) {
    return first.said().result().by().rehearsal()
        ? Optional.empty()
        : question.doubt().apply(valid.value());
  }

  /** Another answer would be better; when the second one does not fit, the first one stands. */
  private Answer<A> anew(Round<A> first, Reading.Valid<A> valid, String doubt) {
    LOG.info("{}: the answer {}; asking for another one", question.purpose().id(), doubt);
    // Shown its short answer, a small model only writes it again.
    Round<A> second;
    try {
      second = again(first, new ModelCall.Repair("", doubt));
    } catch (JobFailure noOther) {
      if (noOther.meaning() instanceof JobFailure.Meaning.Abandon) {
        throw noOther;
      }
      LOG.info("{}: no other answer: {}", question.purpose().id(), noOther.reason());
      return new Answer<>(valid.value(), first.use(), valid.cut());
    }
    Reading.Valid<A> last =
        second.reading() instanceof Reading.Valid<A> other && isBetter(other, second, first)
            ? other
            : valid;
    return new Answer<>(last.value(), sum(first.use(), second.use()), last.cut());
  }

  /** Of two answers that both leave a doubt, the longer one says more. */
  private boolean isBetter(Reading.Valid<A> other, Round<A> second, Round<A> first) {
    return question.doubt().apply(other.value()).isEmpty()
        || second.said().result().text().length() >= first.said().result().text().length();
  }

  private Round<A> again(Round<A> first, ModelCall.Repair repair) {
    return round(inquiry(REPAIR, repair), placesAfter(first.said()), CallState.REPAIRED);
  }

  /** Where a decision table can choose instead, it is told the reason. */
  private JobFailure otherwise(JobFailure failure) {
    boolean byTable = question.contract().otherwise() == Contract.Otherwise.TABLE;
    return byTable && NOTHING_TO_READ.contains(failure.meaning())
        ? JobFailure.bpmnError(ErrorCode.CHOICE_UNREADABLE, failure.reason(), failure)
        : failure;
  }

  private Round<A> round(Inquiry inquiry, List<Integer> order, CallState good) {
    Round<A> round = once(inquiry, order, good);
    if (!round.said().result().ranOutOfThought()) {
      return round;
    }
    LOG.info(
        "{}: cut while it still thought; asking once more with all room", question.purpose().id());
    Round<A> more = once(inquiry.withAllRoom(), placesAfter(round.said()), good);
    return new Round<>(more.said(), more.reading(), sum(round.use(), more.use()));
  }

  private Round<A> once(Inquiry inquiry, List<Integer> order, CallState good) {
    StoredCall<RawAnswer> said = failover.ask(inquiry, providers, order);
    RawAnswer answer = said.result();
    if (!answer.purpose().equals(question.purpose().id())) {
      throw new IllegalStateException(
          "Expected one question in a job but %s was asked for %s after %s"
              .formatted(run.identity().jobType(), question.purpose().id(), answer.purpose()));
    }
    Reading<A> reading = read(answer);
    switch (reading) {
      case Reading.Valid<A> valid -> log.answered(inquiry, said, good, valid.cut());
      case Reading.Invalid<A> invalid ->
          log.answered(inquiry, said, CallState.INVALID, Cut.of(answer.cut()));
    }
    reader.broken(answer, question).stream()
        .filter(keyword -> SchemaLevel.sent(answer.schemaLevel(), keyword))
        .forEach(keyword -> dialects.ignores(answer.by(), keyword));
    return new Round<>(said, reading, CallLog.use(answer));
  }

  private Reading<A> read(RawAnswer said) {
    return switch (reader.read(said, question)) {
      case Reading.Invalid<A> invalid -> invalid;
      case Reading.Valid<A> valid ->
          question.fault().apply(valid.value()).<Reading<A>>map(Reading.Invalid::new).orElse(valid);
    };
  }

  private Inquiry inquiry(String name, ModelCall.@Nullable Repair repair) {
    return new Inquiry(
        run, name, question, repair, said -> read(said) instanceof Reading.Valid<A>, false);
  }

  private List<Integer> places() {
    return IntStream.range(0, providers.size()).boxed().toList();
  }

  /**
   * Whoever answered is asked again first, since the others may be down; but a provider that does
   * not even send an answer in its own format comes last.
   */
  private List<Integer> placesAfter(StoredCall<RawAnswer> first) {
    int answered = Inquiry.place(first.step());
    List<Integer> others = places().stream().filter(place -> place != answered).toList();
    Stream<Integer> same = places().stream().filter(place -> place == answered);
    return first.result().unusable()
        ? Stream.concat(others.stream(), same).toList()
        : Stream.concat(same, others.stream()).toList();
  }

  /** Without a word of the answer: the message reaches files, and what does not fit must not. */
  private String invalidMessage(RawAnswer answer, String fault) {
    return "The answer of %s to %s %s, also after one repair attempt. Try a more capable model."
        .formatted(answer.by().name(), question.purpose().id(), fault);
  }

  private static ModelUse sum(ModelUse first, ModelUse second) {
    @Nullable BigDecimal one = first.costUsd();
    @Nullable BigDecimal other = second.costUsd();
    return new ModelUse(
        second.provider(),
        second.model(),
        second.rehearsal(),
        first.inputTokens() + second.inputTokens(),
        first.outputTokens() + second.outputTokens(),
        sum(first.cachedTokens(), second.cachedTokens()),
        one == null || other == null ? null : one.add(other),
        first.durationMs() + second.durationMs());
  }

  private static @Nullable Integer sum(@Nullable Integer first, @Nullable Integer second) {
    return first == null || second == null ? null : Integer.valueOf(first + second);
  }
}
