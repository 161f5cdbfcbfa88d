package dev.kodo.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilterTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "ab", "aab", "abab", "abcabd"})
  void hidesTheKeyWhereverThePiecesAreCut(String key) {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      String text = letters(random, random.nextInt(40));

      assertThat(filtered(key, text, random))
          .as("`%s` in `%s`", key, text)
          .isEqualTo(text.replace(key, "***"));
    }
  }

  @Test
  void findsAnEmptyKeyNowhere() {
    assertThat(filtered("", "text", new Random(7))).isEqualTo("text");
  }

  private static String letters(Random random, int length) {
    StringBuilder text = new StringBuilder();
    random.ints(length, 'a', 'e').forEach(c -> text.append((char) c));
    return text.toString();
  }

  private static String filtered(String key, String text, Random random) {
    KeyFilter filter = new KeyFilter(key.getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int start = 0;
    while (start < text.length()) {
      int end = start + 1 + random.nextInt(text.length() - start);
      byte[] piece = text.substring(start, end).getBytes(StandardCharsets.US_ASCII);
      out.writeBytes(filter.take(piece, piece.length));
      start = end;
    }
    out.writeBytes(filter.rest());
    return out.toString(StandardCharsets.US_ASCII);
  }
}
