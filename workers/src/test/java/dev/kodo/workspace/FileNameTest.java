package dev.kodo.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Why Rivers Meander?      | why-rivers-meander
          '  Café / Über -- 10 '   | cafe-uber-10
          がぎぐ パピプ：鼓動とは   | がぎぐ-パピプ-鼓動とは
          ﾊｰﾄ ＡＢＣ               | ハート-abc
          ../../etc/passwd         | etc-passwd
          🫀🫀                     | theme
          '-rf'                    | rf
          """,
      delimiter = '|')
  void makesReadableNames(String title, String slug) {
    assertThat(FileName.slug(title, "theme")).isEqualTo(slug);
  }

  @Test
  void keepsSlugsShortInCharactersAndBytes() {
    assertThat(FileName.slug("長".repeat(200), "theme")).isEqualTo("長".repeat(60));
    assertThat(bytes(FileName.slug("𠮷".repeat(200), "theme"))).isLessThanOrEqualTo(180);
    assertThat(FileName.slug("a ".repeat(100), "theme")).hasSizeLessThanOrEqualTo(60).endsWith("a");
  }

  @Test
  void shortensANameThatWouldNotFitAndKeepsItsExtension() {
    String longest = "長".repeat(84) + ".md";

    String fitted = FileName.fit("processed.", longest, "");

    assertThat(bytes(fitted)).isLessThanOrEqualTo(255).isGreaterThan(250);
    assertThat(fitted).startsWith("processed.長").endsWith("長.md");
    assertThat(FileName.fit("processed.", "a.md", "")).isEqualTo("processed.a.md");
  }

  @Test
  void numbersANameThatIsTaken() {
    assertThat(FileName.free("p.", "a.md", Set.of()::contains)).isEqualTo("p.a.md");
    assertThat(FileName.free("p.", "a.md", Set.of("p.a.md")::contains)).isEqualTo("p.a_01.md");
    assertThat(FileName.free("p.", "a", Set.of("p.a", "p.a_01")::contains)).isEqualTo("p.a_02");
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
