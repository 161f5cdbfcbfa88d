package dev.kodo.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.budget.Basis;
import dev.kodo.kernel.budget.Settlement;
import dev.kodo.kernel.budget.Usd;
import dev.kodo.kernel.home.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Error answers of a model whose price nobody knows; GuardFailureTest has those of known prices.
 */
class TariffTest {
  private static final Usd CEILING = Usd.parse("0.1");
  private static final Tariff UNKNOWN = new Tariff(Optional.empty(), CEILING);
  private static final Tariff.Bounds BOUNDS = new Tariff.Bounds(1_000, 500, 60);

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 504, 520, 524})
  void countsTheCeilingWhereTheModelMayHaveWorked(int status) {
    assertThat(UNKNOWN.error(BOUNDS, status, new Usage()))
        .contains(Settlement.of(CEILING, Basis.CEILING));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 404, 429, 501, 503, 529})
  void countsNothingWhereItWasTurnedAway(int status) {
    assertThat(UNKNOWN.error(BOUNDS, status, new Usage())).isEmpty();
  }

  @Test
  void countsTheCeilingForAnErrorThatReportsTokens() {
    Usage usage = new Usage();
    usage.input(Json.object().put("n", 5_000).get("n"));

    assertThat(UNKNOWN.error(BOUNDS, 400, usage)).contains(Settlement.of(CEILING, Basis.CEILING));
  }
}
