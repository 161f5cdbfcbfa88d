package dev.kodo.kernel.guard;

import dev.kodo.kernel.guard.http.Upstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads answers that come in one piece. */
final class WholeAnswers {
  static final int LARGEST = 4 << 20;

  /** Longer answers are read one at a time: each takes some eight times its size meanwhile. */
  private static final int SMALL = 256 << 10;

  private final Semaphore large = new Semaphore(1);

  Outcome read(Admitted call, Upstream.Answer answer, String contentType) throws IOException {
    byte[] bytes = answer.body().readNBytes(SMALL);
    if (bytes.length < SMALL) {
      return outcome(call, answer, contentType, bytes);
    }
    try {
      if (!large.tryAcquire(call.provider().timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        return Outcome.Failed.garbled(call, "there was no room for its large answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.early(call, Ended.STOPPED, true);
    }
    try {
      byte[] more = answer.body().readNBytes(LARGEST - SMALL + 1);
      return outcome(call, answer, contentType, joined(bytes, more));
    } finally {
      large.release();
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static Outcome outcome(
      Admitted call, Upstream.Answer answer, String contentType, byte[] bytes) {
    if (bytes.length > LARGEST) {
      return Outcome.Failed.garbled(call, "its answer is longer than " + LARGEST + " bytes");
    }
    boolean encoded =
        answer.headers().all("Content-Encoding").stream()
            .anyMatch(coding -> !coding.equalsIgnoreCase("identity"));
    if (encoded) {
      return Outcome.Failed.garbled(call, "its answer is encoded although nobody asked for that");
    }
    Usage usage = new Usage();
    boolean counted = counted(call, bytes, usage);
    if (answer.status() < 300 && !counted) {
      return Outcome.Failed.garbled(call, "its answer is none of this kind");
    }
    return new Outcome.Answered(
        answer.status(),
        contentType,
        answer.headers().first("Retry-After").map(call.provider().key()::hiddenIn),
        new Outcome.WholeBody(call.provider().key().hiddenIn(bytes)),
        usage);
  }

  private static boolean counted(Admitted call, byte[] bytes, Usage usage) {
    try {
      String text = new String(bytes, StandardCharsets.UTF_8);
      return call.provider().kind().wire().whole(StrictJson.answer(text), usage);
    } catch (IOException noJson) {
      return false;
    }
  }
}
