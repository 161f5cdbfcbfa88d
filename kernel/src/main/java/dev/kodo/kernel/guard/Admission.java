package dev.kodo.kernel.guard;

import dev.kodo.kernel.budget.Caps;
import dev.kodo.kernel.budget.Ledger;
import dev.kodo.kernel.budget.LedgerUnavailable;
import dev.kodo.kernel.budget.PriceBook;
import dev.kodo.kernel.budget.ReserveResult;
import dev.kodo.kernel.budget.SpendRequest;
import dev.kodo.kernel.guard.http.Request;
import java.util.Locale;
import java.util.function.Supplier;

/** Decides whether a call is made; sets its worst case aside when it is. */
final class Admission {
  private final Registry registry;
  private final String constitution;
  private final Supplier<PriceBook> prices;
  private final Supplier<Caps> caps;
  private final Ledger ledger;

  Admission(
      Registry registry,
      String constitution,
      Supplier<PriceBook> prices,
      Supplier<Caps> caps,
      Ledger ledger) {
    this.registry = registry;
    this.constitution = constitution;
    this.prices = prices;
    this.caps = caps;
    this.ledger = ledger;
  }

  Admitted admit(Request request) throws CallRefused {
    Provider provider = provider(request);
    SpendRequest.Caller caller = Claims.of(request.headers());
    Claims.claim(request.headers(), "Idempotency-Key");
    requireJson(request);
    Inspection inspection =
        provider.kind().wire().inspect(StrictJson.request(request.body()), constitution);
    if (!registry.lists(provider.name(), inspection.model())) {
      throw new CallRefused(
          GuardCode.MODEL_UNKNOWN,
          "Expected a model that models.yml lists for " + provider.name() + ", but got another.");
    }
    if (provider.kind() == Provider.Kind.COMMAND && inspection.streaming()) {
      throw CallShape.refused("stream");
    }
    Tariff tariff =
        new Tariff(
            registry.price(provider, inspection.model(), prices.get()), caps.get().unknownPrice());
    Tariff.Bounds bounds =
        new Tariff.Bounds(
            request.body().length, inspection.maxOutputTokens(), inspection.leastTokens());
    SpendRequest spend =
        new SpendRequest(
            caller,
            provider.name(),
            inspection.model(),
            tariff.worstCase(bounds),
            tariff.price().isPresent(),
            Claims.stated(request.headers()));
    return reserved(request, provider, inspection, tariff, bounds, spend);
  }

  private Admitted reserved(
      Request request,
      Provider provider,
      Inspection inspection,
      Tariff tariff,
      Tariff.Bounds bounds,
      SpendRequest spend)
      throws CallRefused {
    try {
      return switch (ledger.reserve(spend)) {
        case ReserveResult.Reserved reserved ->
            new Admitted(request, provider, inspection, tariff, bounds, reserved.reservation());
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
