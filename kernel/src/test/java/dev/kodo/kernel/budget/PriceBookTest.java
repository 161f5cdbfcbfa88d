package dev.kodo.kernel.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.kernel.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookTest {
  private static final Path FILE = Path.of("prices.yml");

  @Test
  void prefersTheModelsOwnPriceToTheProviders() {
    PriceBook book =
        PriceBook.parse(
            FILE,
            """
            as-of: 2026-11-01
            models:
              a/gpt-4.1-mini: {input-per-million: 0.4, output-per-million: 1.6}
              "a/*": {per-call: 0.1, charge-errors: true}
            """);

    assertThat(book.asOf()).isEqualTo(LocalDate.of(2026, 11, 1));
    assertThat(book.of("a", "gpt-4.1-mini").orElseThrow().atMost(1_000_000, 0))
        .isEqualTo(Usd.parse("0.4"));
    assertThat(book.of("a", "other")).contains(Price.flat(Usd.parse("0.1"), true));
    assertThat(book.of("b", "gpt-4.1-mini")).isEmpty();
  }

  @Test
  void takesEachPartOfTheInputAtItsOwnPriceAndTheDearestBefore() {
    Price price =
        PriceBook.parse(
                FILE,
                """
                as-of: 2026-11-01
                models:
                  a/b: {input-per-million: 3, output-per-million: 15, cache-read-per-million: 0.3, cache-write-per-million: 3.75}
                """)
            .of("a", "b")
            .orElseThrow();

    assertThat(price.atMost(1_000_000, 0)).isEqualTo(Usd.parse("3.75"));
    assertThat(price.of(new Price.Input(1_000_000, 600_000, 300_000), 100_000))
        .isEqualTo(Usd.parse("3.105"));
    assertThat(price.of(Price.Input.of(1_000_000), 0)).isEqualTo(Usd.parse("3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input-per-milion: 1|line 3|`input-per-million`",
        "input-per-million: cheap|line 3|cheap",
        "input-per-million: -1|line 3|-1",
        "input-per-million: 1|line 3|output-per-million",
        "per-call: 1, cache-read-per-million: 1|line 3|input-per-million",
        "per-call: 1, charge-errors: yes|line 3|charge-errors",
        "per-call: [|line|YAML"
      })
  void namesTheLineAndTheKeyOfAMistake(String words, String line, String named) {
    String text = "as-of: 2026-11-01\nmodels:\n  a/b: {" + words + "}\n";

    assertThatThrownBy(() -> PriceBook.parse(FILE, text))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("prices.yml")
        .hasMessageContaining(line)
        .hasMessageContaining(named);
  }

  @Test
  void wantsADate() {
    assertThatThrownBy(() -> PriceBook.parse(FILE, "models:\n")).hasMessageContaining("as-of");
    assertThatThrownBy(() -> PriceBook.parse(FILE, "as-of: soon\n")).hasMessageContaining("soon");
  }

  @Test
  void canReadThePricesThatKodoComesWith() throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(PriceBook.class.getResourceAsStream("prices.yml"))) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(PriceBook.parse(FILE, text).of("openai", "gpt-4o-mini")).isPresent();
    }
  }
}
