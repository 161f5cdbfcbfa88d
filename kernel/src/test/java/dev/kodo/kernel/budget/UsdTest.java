package dev.kodo.kernel.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsdTest {

  @ParameterizedTest
  @CsvSource({"5,5000000000", "0.25,250000000", "0.000000001,1", "0,0", "007.10,7100000000"})
  void readsDollarsToTheLastBillionth(String text, long nanos) {
    assertThat(Usd.parse(text)).isEqualTo(new Usd(nanos));
    assertThat(Usd.parse(Usd.parse(text).toString())).isEqualTo(new Usd(nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "+1", "1e3", "1,5", ".5", "5.", " 5", "0.0000000001", "1234567890", "٥"})
  void refusesWhatIsNoAmount(String text) {
    assertThatThrownBy(() -> Usd.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void neverWrapsAround() {
    Usd huge = new Usd(Long.MAX_VALUE);
    assertThatThrownBy(() -> huge.plus(new Usd(1))).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Usd.ZERO.minus(new Usd(1))).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Usd.ofTokens(Long.MAX_VALUE, Usd.parse("999999999")))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Usd.of(new BigDecimal("0.0000000001")))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void roundsThePriceOfTokensUp() {
    assertThat(Usd.ofTokens(1, Usd.parse("0.15"))).isEqualTo(new Usd(150));
    assertThat(Usd.ofTokens(1, new Usd(1))).isEqualTo(new Usd(1));
    assertThat(Usd.ofTokens(0, Usd.parse("15"))).isEqualTo(Usd.ZERO);
    assertThat(Usd.ofTokens(1_000_000, Usd.parse("15"))).isEqualTo(Usd.parse("15"));
  }
}
