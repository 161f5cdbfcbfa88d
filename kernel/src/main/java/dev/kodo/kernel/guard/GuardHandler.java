package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.audit.Actor;
import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.AuditUnavailable;
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
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out who calls and what for. Every refusal is on the record before the caller sees it. */
final class GuardHandler implements HttpListener.Handler {
  private static final Pattern COUNT = Pattern.compile("/models/[a-z0-9-]{1,40}/count");

  private final GuardSetting setting;
  private final Records records;
  private final RefusalRecord refusals;
  private final BooleanSupplier stopped;
  private final Admission admission;
  private final Passage passage;
  private final BudgetJson budget;
  private final Knowledge knowledge;
  private final EntryRate entries;

  GuardHandler(
      GuardSetting setting,
      Records records,
      RefusalRecord refusals,
      BooleanSupplier stopped,
      Admission admission,
      Passage passage,
      BudgetJson budget,
      Knowledge knowledge) {
    this.setting = setting;
    this.records = records;
    this.refusals = refusals;
    this.stopped = stopped;
    this.admission = admission;
    this.passage = passage;
    this.budget = budget;
    this.knowledge = knowledge;
    this.entries = new EntryRate(setting.clock());
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
    if (request.method().equals("GET") && target.equals("/models")) {
      answer(exchange, knowledge.json());
    } else if (request.method().equals("POST") && COUNT.matcher(target).matches()) {
      requireRunning();
      answer(exchange, knowledge.count(target.split("/", 4)[2], request.body()));
    } else if (target.startsWith("/models/")) {
      call(exchange, request);
    } else if (target.equals("/audit") && request.method().equals("POST")) {
      requireAgent(request);
      entries.take(Claims.required(request.headers(), "Kodo-Agent"));
      enter(BodyEntry.of(request));
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

  /** Nothing is kept for later here: the body would believe that it is on the record. */
  private void enter(AuditEvent event) throws CallRefused {
    try {
      records.appendNow(event);
    } catch (AuditUnavailable unavailable) {
      throw new CallRefused(
          GuardCode.LEDGER_UNAVAILABLE, "Expected to write to the audit log, but that failed.");
    }
  }

  private void requireRunning() throws CallRefused {
    if (stopped.getAsBoolean()) {
      throw new CallRefused(GuardCode.STOPPED, "Expected to call a model, but all is stopped.");
    }
  }

  private void call(Exchange exchange, Request request) throws CallRefused, IOException {
    requireRunning();
    if (records.inArrears()) {
      throw new CallRefused(
          GuardCode.LEDGER_UNAVAILABLE,
          "Expected to record the call, but earlier calls are not recorded yet.");
    }
    requireAgent(request);
    Instant deadline = Claims.deadline(request.headers());
    if (deadline != null && !deadline.isAfter(setting.clock().instant())) {
      throw new CallRefused(
          GuardCode.DEADLINE_PASSED,
          "Expected the caller's deadline to lie ahead, but it was " + deadline + ".");
    }
    passage.pass(admission.admit(request), exchange, deadline);
  }

  @Override
  public boolean knows(Headers headers) {
    Optional<String> bearer =
        headers
            .first("Authorization")
            .filter(value -> value.startsWith("Bearer "))
            .map(value -> value.substring("Bearer ".length()));
    String given = bearer.or(() -> headers.first("x-api-key")).orElse("");
    return MessageDigest.isEqual(bytes(given), bytes(setting.token()));
  }

  /** Each made-up name would have caps of its own. */
  private void requireAgent(Request request) throws CallRefused {
    if (!setting.config().agents().contains(Claims.required(request.headers(), "Kodo-Agent"))) {
      throw new CallRefused(
          GuardCode.AGENT_UNKNOWN, "Expected an agent of this installation, but got another.");
    }
  }

  private void requireToken(Request request) throws CallRefused {
    if (!knows(request.headers())) {
      throw new CallRefused(
          GuardCode.CALLER_UNKNOWN,
          "Expected the guard's token, but the call has another or none.");
    }
  }

  @Override
  public void refuse(Exchange exchange, BadMessage why) throws IOException {
    GuardCode code =
        switch (why.fault()) {
          case MALFORMED -> GuardCode.CALL_MALFORMED;
          case TOO_LARGE -> GuardCode.TOO_LARGE;
          case BUSY -> GuardCode.BUSY;
        };
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
    // What a stranger claims to be is nobody's deed.
    String agent = refused.code() == GuardCode.CALLER_UNKNOWN ? null : claim(request, "Kodo-Agent");
    if (agent != null) {
      event = event.by(agent, claim(request, "Kodo-Heartbeat"));
    }
    refusals.append(
        refused.code(), request.body().length > 0 ? event.about(Hash.of(request.body())) : event);
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
