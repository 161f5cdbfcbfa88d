package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.audit.Actor;
import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.Hash;
import dev.kodo.kernel.audit.Kind;
import dev.kodo.kernel.constitution.Constitution;
import dev.kodo.kernel.guard.http.BadMessage;
import dev.kodo.kernel.guard.http.Exchange;
import dev.kodo.kernel.guard.http.Headers;
import dev.kodo.kernel.guard.http.HttpListener;
import dev.kodo.kernel.guard.http.Request;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Finds out who calls and what for. Every refusal is on the record before the caller sees it. */
final class GuardHandler implements HttpListener.Handler {
  private final GuardSetting setting;
  private final Records records;
  private final BooleanSupplier stopped;
  private final Admission admission;
  private final Map<Provider.Kind, Forwarding> forwardings;
  private final Closing closing;
  private final BudgetJson budget;

  GuardHandler(
      GuardSetting setting,
      Records records,
      BooleanSupplier stopped,
      Admission admission,
      Map<Provider.Kind, Forwarding> forwardings,
      Closing closing,
      BudgetJson budget) {
    this.setting = setting;
    this.records = records;
    this.stopped = stopped;
    this.admission = admission;
    this.forwardings = forwardings;
    this.closing = closing;
    this.budget = budget;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Request request = exchange.request();
    try {
      if (request.target().equals("/health") && request.method().equals("GET")) {
        answer(exchange, Json.object().put("state", "ready"));
        return;
      }
      requireToken(request);
      route(exchange, request);
    } catch (CallRefused refused) {
      refuse(exchange, refused, request);
    }
  }

  private void route(Exchange exchange, Request request) throws CallRefused, IOException {
    String target = request.target();
    if (target.startsWith("/models/")) {
      call(exchange, request);
    } else if (target.equals("/audit") && request.method().equals("POST")) {
      records.append(BodyEntry.of(request));
      answer(exchange, Json.object());
    } else if (request.method().equals("GET") && target.equals("/constitution")) {
      Headers headers = new Headers().add("Content-Type", "text/plain; charset=utf-8");
      headers.add("Kodo-Constitution-Sha256", Constitution.SHA256);
      exchange.answer(200, headers, setting.constitution().bytes());
    } else if (request.method().equals("GET") && target.equals("/budget")) {
      answer(exchange, budget.of(""));
    } else if (request.method().equals("GET") && target.startsWith("/budget?")) {
      answer(exchange, budget.of(target.substring("/budget?".length())));
    } else {
      throw Admission.unknownPath();
    }
  }

  private void call(Exchange exchange, Request request) throws CallRefused, IOException {
    if (stopped.getAsBoolean()) {
      throw new CallRefused(GuardCode.STOPPED, "Expected to call a model, but all is stopped.");
    }
    if (records.inArrears()) {
      throw new CallRefused(
          GuardCode.LEDGER_UNAVAILABLE,
          "Expected to record the call, but earlier calls are not recorded yet.");
    }
    Admitted call = admission.admit(request);
    Forwarding forwarding = forwardings.get(call.provider().kind());
    if (forwarding == null) {
      throw new IllegalStateException("Expected a way to forward to " + call.provider().kind());
    }
    closing.close(call, forwarding.forward(call, exchange), exchange);
  }

  private void requireToken(Request request) throws CallRefused {
    Optional<String> bearer =
        request
            .headers()
            .first("Authorization")
            .filter(value -> value.startsWith("Bearer "))
            .map(value -> value.substring("Bearer ".length()));
    String given = bearer.or(() -> request.headers().first("x-api-key")).orElse("");
    if (!MessageDigest.isEqual(bytes(given), bytes(setting.token()))) {
      throw new CallRefused(
          GuardCode.CALLER_UNKNOWN,
          "Expected the guard's token, but the call has another or none.");
    }
  }

  @Override
  public void refuse(Exchange exchange, BadMessage why) throws IOException {
    GuardCode code = why.isTooLarge() ? GuardCode.TOO_LARGE : GuardCode.CALL_MALFORMED;
    refuse(
        exchange,
        new CallRefused(code, "Expected a plain HTTP/1.1 request, but " + why.getMessage() + "."),
        exchange.request());
  }

  private void refuse(Exchange exchange, CallRefused refused, Request request) throws IOException {
    Map<String, String> detail =
        refused
            .cap()
            .map(cap -> Map.of("message", refused.sentence(), "cap", cap))
            .orElseGet(() -> Map.of("message", refused.sentence()));
    AuditEvent event =
        AuditEvent.of(
                Actor.GUARD,
                Kind.REFUSAL,
                request.method() + " " + request.target(),
                refused.code().word())
            .with(detail);
    String agent = claim(request, "Kodo-Agent");
    if (agent != null) {
      event = event.by(agent, claim(request, "Kodo-Heartbeat"));
    }
    records.append(request.body().length > 0 ? event.about(Hash.of(request.body())) : event);
    Refusals.answer(exchange, refused, new Headers());
  }

  private static @Nullable String claim(Request request, String name) {
    try {
      return Claims.claim(request.headers(), name);
    } catch (CallRefused unreadable) {
      return null;
    }
  }

  private static void answer(Exchange exchange, JsonNode json) throws IOException {
    exchange.answer(
        200, new Headers().add("Content-Type", "application/json"), bytes(Json.print(json)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
