package dev.kodo.kernel.audit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one way to write values as bytes, for hashes and signatures: each value is its length in four
 * bytes and then itself, so no two lists of values look the same. An absent value has the length
 * -1. This is also how PostgreSQL writes a row in its binary COPY format, which is why a row can be
 * checked without being taken apart.
 */
final class CanonicalForm {
  /** PostgreSQL counts time from here. */
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

  /** Begins with what the values are, so that a signature for one thing never fits another. */
  static CanonicalForm of(String purpose) {
    return new CanonicalForm().put(purpose);
  }

  CanonicalForm put(long value) {
    return put(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  /** Whole microseconds, as a database keeps them. */
  CanonicalForm put(Instant time) {
    return put(micros(time));
  }

  CanonicalForm put(Hash hash) {
    return put(hash.bytes());
  }

  CanonicalForm put(@Nullable String text) {
    return put(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  CanonicalForm put(byte @Nullable [] value) {
    bytes.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).putInt(value == null ? -1 : value.length).array());
    if (value != null) {
      bytes.writeBytes(value);
    }
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(EPOCH, time);
  }

  static Instant time(long micros) {
    return EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
