package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.budget.Caps;
import dev.kodo.kernel.budget.Ledger;
import dev.kodo.kernel.budget.LedgerUnavailable;
import dev.kodo.kernel.budget.Price;
import dev.kodo.kernel.budget.PriceBook;
import dev.kodo.kernel.budget.ReserveResult;
import dev.kodo.kernel.budget.SpendRequest;
import dev.kodo.kernel.guard.facts.Facts;
import dev.kodo.kernel.guard.http.Request;
import dev.kodo.kernel.home.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides whether a call is made; sets its worst case aside when it is. */
final class Admission {
  private final Registry registry;
  private final String constitution;
  private final Supplier<PriceBook> prices;
  private final Supplier<Caps> caps;
  private final Ledger ledger;
  private final Knowledge knowledge;
  private final String secret;

  Admission(
      Registry registry,
      String constitution,
      Supplier<PriceBook> prices,
      Supplier<Caps> caps,
      Ledger ledger,
      Knowledge knowledge,
      String secret) {
    this.registry = registry;
    this.constitution = constitution;
    this.prices = prices;
    this.caps = caps;
    this.ledger = ledger;
    this.knowledge = knowledge;
    this.secret = secret;
  }

  Admitted admit(Request request) throws CallRefused {
    Provider provider = provider(request);
    SpendRequest.Caller caller = Claims.of(request.headers());
    Claims.claim(request.headers(), "Idempotency-Key");
    requireJson(request);
    ObjectNode call = StrictJson.request(request.body());
    boolean probe = isProbe(request);
    JsonNode tools = probe ? call.remove("tools") : null;
    Inspection inspection = provider.kind().wire().inspect(call, constitution);
    if (!registry.lists(provider.name(), inspection.model())) {
      throw new CallRefused(
          GuardCode.MODEL_UNKNOWN,
          "Expected a model that models.yml lists for " + provider.name() + ", but got another.");
    }
    if (!provider.speaksHttp() && inspection.streaming()) {
      throw CallShape.refused("stream");
    }
    Allowance allowance = Claims.allowance(request.headers(), inspection.maxOutputTokens());
    long bound =
        probe
            ? Math.min(inspection.maxOutputTokens(), provider.maxOutputTokens())
            : knowledge.bound(provider, inspection, allowance);
    if (tools != null) {
      call.set("tools", tools);
    }
    Thinking thinking =
        probe
            ? Thinking.parse(Claims.required(request.headers(), Probes.THINKING))
            : provider.thinking();
    byte[] body = body(provider, call, inspection, bound, thinking);
    return reserved(request, caller, provider, inspection, new Admitted.Body(body), bound);
  }

  /** A body could tell any header but this one: the secret never leaves the guard. */
  private boolean isProbe(Request request) {
    return request
        .headers()
        .first(Probes.HEADER)
        .filter(
            given ->
                MessageDigest.isEqual(
                    given.getBytes(StandardCharsets.UTF_8),
                    secret.getBytes(StandardCharsets.UTF_8)))
        .isPresent();
  }

  /** What the provider gets: the call that was looked at, and nothing that only its bytes held. */
  private byte[] body(
      Provider provider, ObjectNode call, Inspection inspection, long bound, Thinking thinking) {
    if (provider.speaksHttp()) {
      Facts facts = knowledge.of(provider, inspection.model());
      long promptTokens = facts.tokens(inspection.promptBytes());
      Amendment amendment = new Amendment(bound, promptTokens, thinking, facts.served());
      provider.kind().wire().amend(call, amendment);
      // Else the number is the caller's own, which says nothing of the server.
      if (amendment.served().mostContext() != null) {
        facts.grow(call.path("options").path("num_ctx").asInt());
      }
    }
    return Json.line(call).getBytes(StandardCharsets.UTF_8);
  }

  private Admitted reserved(
      Request request,
      SpendRequest.Caller caller,
      Provider provider,
      Inspection inspection,
      Admitted.Body body,
      long bound)
      throws CallRefused {
    Optional<Price> price = registry.price(provider, inspection.model(), prices.get());
    requireCachePrice(inspection, price);
    Tariff tariff = new Tariff(price, caps.get().unknownPrice());
    Tariff.Bounds bounds = new Tariff.Bounds(body.bytes().length, bound, inspection.leastTokens());
    SpendRequest spend =
        new SpendRequest(
            caller,
            provider.name(),
            inspection.model(),
            tariff.worstCase(bounds),
            tariff.price().isPresent(),
            Claims.stated(request.headers()));
    try {
      return switch (ledger.reserve(spend)) {
        case ReserveResult.Reserved reserved ->
            new Admitted(
                request, provider, inspection, body, tariff, bounds, reserved.reservation());
        case ReserveResult.Refused refused -> throw overBudget(refused);
        case ReserveResult.OverStated refused -> throw overStated(refused);
      };
    } catch (LedgerUnavailable e) {
      if (e.isForGood()) {
        throw new CallRefused(
            GuardCode.BOOKS_TAKEN,
            "Expected to keep the books of this database, but another kernel keeps them now.");
      }
      throw new CallRefused(
          GuardCode.LEDGER_UNAVAILABLE,
          "Expected to write the reservation down before the call, but that failed.");
    }
  }

  /**
   * What is written into a cache costs more than other input, and only prices.yml says how much.
   */
  private static void requireCachePrice(Inspection inspection, Optional<Price> price)
      throws CallRefused {
    boolean bounded =
        price.filter(p -> p.isFlat() || p.cache().writePerMillion() != null).isPresent();
    if (inspection.cacheMarks() && !bounded) {
      throw CallShape.refused("cache_control");
    }
  }

  private static CallRefused overBudget(ReserveResult.Refused refused) {
    return new CallRefused(
        GuardCode.BUDGET_EXCEEDED,
        "Expected the call to fit into "
            + refused.limit()
            + " US dollars per "
            + refused.cap().unit()
            + ", but "
            + refused.used()
            + " are used and it could cost "
            + refused.wanted()
            + ".",
        refused.cap().key());
  }

  private static CallRefused overStated(ReserveResult.OverStated refused) {
    return new CallRefused(
        GuardCode.BUDGET_EXCEEDED,
        "Expected the call to fit into the "
            + refused.limit()
            + " "
            + refused.kind().unit()
            + " that were stated for this heartbeat, but "
            + refused.used()
            + " are used and it could take "
            + refused.wanted()
            + ".",
        refused.kind().key());
  }

  /** Nothing is decoded: a path that needs decoding is not the path of any provider. */
  private Provider provider(Request request) throws CallRefused {
    String[] parts = request.target().split("/", 4);
    if (parts.length < 4 || !parts[0].isEmpty() || !parts[1].equals("models")) {
      throw unknownPath();
    }
    Provider provider =
        registry
            .provider(parts[2])
            .orElseThrow(
                () ->
                    new CallRefused(
                        GuardCode.PROVIDER_UNKNOWN,
                        "Expected a provider of models.yml, but there is none of this name."));
    if (!request.method().equals("POST") || !parts[3].equals(provider.kind().wire().path())) {
      throw unknownPath();
    }
    return provider;
  }

  static CallRefused unknownPath() {
    return new CallRefused(
        GuardCode.UNKNOWN_PATH, "Expected a path that the guard knows, but it is another one.");
  }

  private static void requireJson(Request request) throws CallRefused {
    String type =
        Claims.required(request.headers(), "Content-Type")
            .toLowerCase(Locale.ROOT)
            .replace(" ", "");
    if (!type.equals("application/json") && !type.equals("application/json;charset=utf-8")) {
      throw new CallRefused(
          GuardCode.CALL_MALFORMED, "Expected the Content-Type application/json in UTF-8.");
    }
  }
}
