package dev.kodo.kernel.guard;

import dev.kodo.kernel.audit.Actor;
import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.Kind;
import dev.kodo.kernel.budget.Cap;
import dev.kodo.kernel.budget.Caps;
import dev.kodo.kernel.budget.LiveFile;
import dev.kodo.kernel.budget.PriceBook;
import dev.kodo.kernel.budget.Raise;
import dev.kodo.kernel.budget.RaiseFile;
import dev.kodo.kernel.budget.SteadyCaps;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The caps and prices in force; every change of them is recorded. */
final class Budget {
  private final SteadyCaps steady;
  private final LiveFile<Caps> caps;
  private final LiveFile<Raise> raise;
  private final LiveFile<PriceBook> prices;

  Budget(GuardSetting setting, Records records) throws IOException {
    KodoHome home = setting.home();
    writePrices(home);
    LiveFile.Listener<Caps> told = listener(records, "budget.yml", Budget::changes);
    steady = new SteadyCaps(home.budget(), setting.config(), told::broken);
    caps = new LiveFile<>(home.budget(), steady, LiveFile.Empty.NO_TEXT, told);
    raise =
        new LiveFile<>(
            home.budgetToday(),
            new RaiseFile(home.budgetToday())::parse,
            LiveFile.Empty.A_TEXT,
            listener(records, "budget-today.yml", (before, now) -> raised(now)));
    prices =
        new LiveFile<>(
            home.prices(),
            text -> PriceBook.parse(home.prices(), text),
            LiveFile.Empty.NO_TEXT,
            listener(
                records,
                "prices.yml",
                (before, now) -> Map.of("as-of", before.asOf() + " -> " + now.asOf())));
  }

  private static void writePrices(KodoHome home) throws IOException {
    if (Files.exists(home.prices())) {
      return;
    }
    try (InputStream stream = PriceBook.class.getResourceAsStream("prices.yml")) {
      if (stream == null) {
        throw new IOException("Expected the first prices.yml in the program, but it is missing");
      }
      AtomicFile.write(home.prices(), new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  Caps caps() {
    return caps.get().with(raise.get());
  }

  PriceBook prices() {
    return prices.get();
  }

  /** Why an edit is not in force; empty when all are. */
  Optional<Problem> trouble() {
    return caps.problem().or(steady::warning).or(raise::problem).or(prices::problem);
  }

  private interface Difference<T> {
    Map<String, String> of(T before, T now);
  }

  private static <T> LiveFile.Listener<T> listener(
      Records records, String file, Difference<T> difference) {
    return new LiveFile.Listener<>() {
      @Override
      public void changed(T before, T now) {
        records.append(
            AuditEvent.of(Actor.OWNER, Kind.BUDGET_CHANGE, file, "in-force")
                .with(difference.of(before, now)));
      }

      @Override
      public void broken(Problem why) {
        records.append(
            AuditEvent.of(Actor.OWNER, Kind.BUDGET_CHANGE, file, "broken")
                .with(Map.of("problem", why.sentence())));
      }
    };
  }

  private static Map<String, String> raised(Raise raise) {
    if (raise.equals(Raise.NONE)) {
      return Map.of("day", "none");
    }
    return Map.of(
        "day", raise.day().toString(),
        "more-per-day", raise.perDay().toString(),
        "more-for-agents", new TreeMap<>(raise.agents()).toString(),
        "decision", raise.decision());
  }

  private static Map<String, String> changes(Caps before, Caps now) {
    Map<String, String> changes = new TreeMap<>();
    for (Cap cap : Cap.values()) {
      if (!before.of(cap).equals(now.of(cap))) {
        changes.put(cap.key(), before.of(cap) + " -> " + now.of(cap));
      }
    }
    if (!before.unknownPrice().equals(now.unknownPrice())) {
      changes.put("unknown-price", before.unknownPrice() + " -> " + now.unknownPrice());
    }
    if (!before.agents().equals(now.agents())) {
      changes.put("agents", new TreeMap<>(before.agents()) + " -> " + new TreeMap<>(now.agents()));
    }
    return changes;
  }
}
