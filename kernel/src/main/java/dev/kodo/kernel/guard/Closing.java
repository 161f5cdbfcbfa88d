package dev.kodo.kernel.guard;

import dev.kodo.kernel.audit.Actor;
import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.Hash;
import dev.kodo.kernel.audit.Kind;
import dev.kodo.kernel.budget.Ledger;
import dev.kodo.kernel.budget.Settlement;
import dev.kodo.kernel.budget.SpendRequest;
import dev.kodo.kernel.guard.http.Exchange;
import dev.kodo.kernel.guard.http.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ends a call: settles its reservation once, answers its caller, and records it. */
final class Closing {
  private static final int LONGEST_ERROR = 4 << 10;

  private final Ledger ledger;
  private final Records records;
  private final Learning learning;

  Closing(Ledger ledger, Records records, Learning learning) {
    this.ledger = ledger;
    this.records = records;
    this.learning = learning;
  }

  void close(Admitted call, Outcome outcome, Exchange exchange) throws IOException {
    switch (outcome) {
      case Outcome.Answered answered -> answered(call, answered, exchange);
      case Outcome.Streamed streamed -> streamed(call, streamed, exchange);
      case Outcome.Failed failed -> failed(call, failed, exchange);
      case Outcome.Left left -> left(call, left, exchange);
    }
  }

  private void answered(Admitted call, Outcome.Answered answer, Exchange exchange)
      throws IOException {
    byte[] body = answer.body().bytes();
    boolean good = answer.status() < 300;
    Optional<Settlement> cost =
        good
            ? Optional.of(call.tariff().complete(call.bounds(), answer.usage(), body.length))
            : call.tariff().error(call.bounds(), answer.status(), answer.usage());
    Measured measured =
        answer.usage().measured(Ended.COMPLETE, answer.status(), good ? null : beginning(body));
    String word = good ? "ok" : "status-" + answer.status();
    end(call, word, cost, Optional.of(measured), () -> Optional.of(Hash.of(body)));
    learning.ended(call, measured);
    Headers headers = headers(call, answer.contentType());
    answer.retryAfter().ifPresent(value -> headers.add("Retry-After", value));
    addCost(headers, cost);
    exchange.answer(answer.status(), headers, body);
  }

  private static String beginning(byte[] body) {
    return new String(body, 0, Math.min(LONGEST_ERROR, body.length), StandardCharsets.UTF_8);
  }

  /** What is not known of a stream that was cut counts as its worst: it must not be too little. */
  private void streamed(Admitted call, Outcome.Streamed stream, Exchange exchange)
      throws IOException {
    Ended ended = stream.ended();
    Settlement cost =
        ended == Ended.COMPLETE || stream.usage().isFinal()
            ? call.tariff().complete(call.bounds(), stream.usage(), stream.length())
            : call.tariff().unknownEnd(call.bounds());
    Measured measured = stream.usage().measured(ended, stream.status(), null);
    end(
        call,
        word(ended),
        Optional.of(cost),
        Optional.of(measured),
        () -> Optional.of(stream.digest()));
    learning.ended(call, measured);
    if (ended == Ended.CALLER_GONE) {
      exchange.cut();
      return;
    }
    byte[] event = stream.form().own(EndOfStream.json(call, cost, measured));
    exchange.piece(event, event.length);
    exchange.end();
  }

  private static String word(Ended ended) {
    return switch (ended) {
      case COMPLETE -> "ok";
      case TIMEOUT -> GuardCode.PROVIDER_TIMEOUT.word();
      case DEADLINE -> GuardCode.DEADLINE_PASSED.word();
      case STOPPED, CUT_OFF, TOO_LARGE, CALLER_GONE -> ended.word();
    };
  }

  private void failed(Admitted call, Outcome.Failed failure, Exchange exchange) throws IOException {
    Ended ended =
        switch (failure.code()) {
          case PROVIDER_TIMEOUT -> Ended.TIMEOUT;
          case DEADLINE_PASSED -> Ended.DEADLINE;
          case STOPPED -> Ended.STOPPED;
          default -> Ended.CUT_OFF;
        };
    Optional<Settlement> cost = unanswered(call, failure.code().word(), ended, failure.sent());
    Headers headers = new Headers().add("Kodo-Reservation", call.reservation().id().toString());
    addCost(headers, cost);
    Refusals.answer(exchange, new CallRefused(failure.code(), failure.message()), headers);
  }

  private void left(Admitted call, Outcome.Left left, Exchange exchange) {
    Optional<Settlement> unused =
        unanswered(call, Ended.CALLER_GONE.word(), Ended.CALLER_GONE, left.sent());
    exchange.cut();
  }

  private Optional<Settlement> unanswered(Admitted call, String word, Ended ended, boolean sent) {
    Optional<Settlement> cost =
        sent ? Optional.of(call.tariff().unknownEnd(call.bounds())) : Optional.empty();
    Measured measured = new Usage().measured(ended, 0, null);
    end(call, word, cost, Optional.of(measured).filter(m -> sent), Optional::empty);
    if (sent) {
      learning.ended(call, measured);
    }
    return cost;
  }

  private static void addCost(Headers headers, Optional<Settlement> cost) {
    cost.ifPresent(
        settlement ->
            headers
                .add("Kodo-Cost-Usd", settlement.amount().toString())
                .add("Kodo-Cost-Basis", settlement.basis().word()));
  }

  /** Ends a call that nothing else ended, whatever has happened to it. */
  void secure(Admitted call) {
    end(
        call,
        "guard-failed",
        Optional.of(call.tariff().unknownEnd(call.bounds())),
        Optional.empty(),
        Optional::empty);
  }

  /**
   * Once for a call: the amount counts at once, and is written when the entry is. Whoever writes
   * the entry computes the answer's digest; the caller does not wait for it.
   */
  private void end(
      Admitted call,
      String outcome,
      Optional<Settlement> cost,
      Optional<Measured> measured,
      Supplier<Optional<Hash>> answer) {
    cost.map(settlement -> ledger.settle(call.reservation(), settlement))
        .orElseGet(() -> ledger.release(call.reservation()))
        .ifPresent(
            written ->
                records.appendSoon(
                    () -> entry(call, outcome, cost, measured, answer.get()), written));
  }

  private static AuditEvent entry(
      Admitted call,
      String outcome,
      Optional<Settlement> cost,
      Optional<Measured> measured,
      Optional<Hash> answer) {
    SpendRequest request = call.reservation().request();
    SpendRequest.Caller caller = request.caller();
    Map<String, String> detail = new TreeMap<>();
    detail.put("reservation", call.reservation().id().toString());
    detail.put("call", caller.callId());
    put(detail, "process", caller.processId());
    put(detail, "element", caller.elementId());
    put(detail, "purpose", caller.purpose());
    detail.put("bound", Long.toString(call.bounds().outputTokens()));
    if (call.inspection().defused() > 0) {
      detail.put("defused-marks", Integer.toString(call.inspection().defused()));
    }
    detail.put("reserved-usd", call.reservation().amount().toString());
    detail.put("usd", cost.map(c -> c.amount().toString()).orElse("0"));
    detail.put("basis", cost.map(c -> c.basis().word()).orElse("released"));
    cost.ifPresent(
        settlement -> {
          put(detail, "input-tokens", settlement.inputTokens());
          put(detail, "output-tokens", settlement.outputTokens());
          if (settlement.amount().exceeds(call.reservation().amount())) {
            detail.put("overrun", "true");
          }
        });
    measured.ifPresent(
        shown -> {
          detail.put("ended", shown.ended().word());
          put(detail, "cached-tokens", shown.tokens().cached());
          put(detail, "thinking-tokens", shown.tokens().thinking());
        });
    answer.ifPresent(digest -> put(detail, "answer-sha256", digest));
    return new AuditEvent(
        Actor.GUARD,
        Kind.MODEL_CALL,
        caller.agentId(),
        caller.heartbeatId(),
        request.provider() + "/" + request.model(),
        outcome,
        Hash.of(call.body().bytes()),
        detail);
  }

  private static void put(Map<String, String> detail, String name, @Nullable Object value) {
    if (value != null) {
      detail.put(name, value.toString());
    }
  }

  /** A provider's header that HTTP itself would not take is left out. */
  static Headers headers(Admitted call, String contentType) {
    return new Headers()
        .add("Content-Type", contentType)
        .add("Kodo-Reservation", call.reservation().id().toString())
        .add("Kodo-Bound", Long.toString(call.bounds().outputTokens()));
  }
}
