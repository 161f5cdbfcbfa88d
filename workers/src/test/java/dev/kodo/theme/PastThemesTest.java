package dev.kodo.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PastThemesTest {
  @ParameterizedTest
  @CsvSource({
    "Why rivers bend, Why rivers bend",
    "tidal  POOLS!, tidal  POOLS! (3)",
    "Tidal pools (2), Tidal pools (3)",
    "潮だまり, 潮だまり (2)",
    "「潮だまり」, 「潮だまり」 (2)",
    "!?, !?"
  })
  void numbersATitleThatIsNotNew(String wanted, String title) {
    PastThemes past = past("Tidal pools (2)", "Rivers", "潮だまり", "Tidal pools", "...");

    assertThat(past.title(wanted)).isEqualTo(title);
    assertThat(past.same(wanted).isPresent()).isEqualTo(!wanted.equals(title));
  }

  private static PastThemes past(String... titles) {
    return new PastThemes(Stream.of(titles).map(PastThemesTest::theme).toList());
  }

  private static Theme theme(String title) {
    return new Theme(
        "main",
        "20261121100000",
        "name",
        title,
        "artifacts/x",
        "brief",
        Theme.Source.OWN,
        Instant.EPOCH);
  }
}
