package dev.kodo.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reports that kernel and workers exchange. Whoever writes one tests that it writes the sample, and
 * whoever reads one tests that it reads it; so neither can change alone.
 */
public final class Samples {
  private Samples() {}

  /** {@code budget.json} is the guard's, {@code status.json} the workers'. */
  public static String text(String name) {
    try (InputStream stream = Samples.class.getResourceAsStream("samples/" + name)) {
      if (stream == null) {
        throw new IllegalArgumentException("Expected a sample, but there is no " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
