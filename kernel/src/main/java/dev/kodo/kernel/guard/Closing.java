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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ends a call: settles its reservation once, answers its caller, and records it. */
final class Closing {
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
    }
  }

  private void answered(Admitted call, Outcome.Answered answer, Exchange exchange)
      throws IOException {
    byte[] body = answer.body().bytes();
    Optional<Settlement> cost =
        answer.status() < 300
            ? Optional.of(call.tariff().complete(call.bounds(), answer.usage(), body.length))
            : call.tariff().error(call.bounds(), answer.status(), answer.usage());
    learning.ended(call, answer.usage().measured(Ended.COMPLETE, answer.status()));
    String word = answer.status() < 300 ? "ok" : "status-" + answer.status();
    end(call, word, cost, () -> Optional.of(Hash.of(body)));
    Headers headers = headers(call, answer.contentType());
    answer.retryAfter().ifPresent(value -> headers.add("Retry-After", value));
    cost.ifPresent(
        settlement ->
            headers
                .add("Kodo-Cost-Usd", settlement.amount().toString())
                .add("Kodo-Cost-Basis", settlement.basis().word()));
    exchange.answer(answer.status(), headers, body);
  }

  private void streamed(Admitted call, Outcome.Streamed stream, Exchange exchange)
      throws IOException {
    Settlement cost =
        stream.fault().isEmpty()
            ? call.tariff().complete(call.bounds(), stream.usage(), stream.length())
            : call.tariff().unknownEnd(call.bounds());
    end(call, stream.fault().orElse("ok"), Optional.of(cost), () -> Optional.of(stream.digest()));
    if (stream.fault().isEmpty()) {
      exchange.end();
    } else {
      exchange.cut();
    }
  }

  private void failed(Admitted call, Outcome.Failed failure, Exchange exchange) throws IOException {
    Optional<Settlement> cost =
        failure.sent() ? Optional.of(call.tariff().unknownEnd(call.bounds())) : Optional.empty();
    end(call, failure.code().word(), cost, Optional::empty);
    Refusals.answer(
        exchange,
        new CallRefused(failure.code(), failure.message()),
        new Headers().add("Kodo-Reservation", call.reservation().id().toString()));
  }

  /** Ends a call that nothing else ended, whatever has happened to it. */
  void secure(Admitted call) {
    end(
        call,
        "guard-failed",
        Optional.of(call.tariff().unknownEnd(call.bounds())),
        Optional::empty);
  }

  /**
   * Once for a call: the amount counts at once, and is written when the entry is. Whoever writes
   * the entry computes the answer's digest; the caller does not wait for it.
   */
  private void end(
      Admitted call, String outcome, Optional<Settlement> cost, Supplier<Optional<Hash>> answer) {
    cost.map(settlement -> ledger.settle(call.reservation(), settlement))
        .orElseGet(() -> ledger.release(call.reservation()))
        .ifPresent(
            written -> records.appendSoon(() -> entry(call, outcome, cost, answer.get()), written));
  }

  private static AuditEvent entry(
      Admitted call, String outcome, Optional<Settlement> cost, Optional<Hash> answer) {
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
