package dev.kodo.kernel.guard;

import dev.kodo.kernel.guard.facts.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens a call may write: what its caller wants for the answer, and room for thought
 * before it, lowered to what can be written before the time is up. A speed that nobody has measured
 * lowers nothing.
 *
 * @param answer tokens that the caller wants for the answer alone
 * @param least tokens below which the answer is worth nothing
 * @param whole whether to allow all that the provider's setting allows
 * @param deadline when the caller needs the answer, or null
 */
record Allowance(long answer, long least, boolean whole, @Nullable Instant deadline) {
  /** What a time-out should have beyond what was measured, so that it holds on a slower day. */
  private static final double SLACK = 1.25;

  /**
   * The bound to send. It leaves a tenth of the time: a call that reaches its bound tells its
   * tokens, one that reaches its time limit does not.
   */
  long bound(Provider provider, Facts facts, long newTokens, Instant now) throws CallRefused {
    long most = provider.maxOutputTokens();
    long wanted =
        whole ? most : Math.min(most, provider.speaksHttp() ? answer + facts.room() : answer);
    double writing = facts.writePerSecond().orElse(0.0);
    if (writing == 0) {
      return wanted;
    }
    double reading = facts.readPerSecond().map(speed -> newTokens / speed).orElse(0.0);
    Duration left = left(provider, now);
    long fits = fits(left, facts, reading);
    long needed = Math.max(1, Math.min(wanted, least + facts.mostThought()));
    if (fits < needed && !facts.knowsSpeed(now)) {
      return needed;
    }
    if (fits < needed) {
      throw tooSlow(
          provider,
          newTokens,
          needed,
          Duration.ofMillis((long) ((reading + needed / writing) * 1_000)),
          facts,
          left);
    }
    return Math.min(
        wanted, Math.max(needed, fits(left.multipliedBy(9).dividedBy(10), facts, reading)));
  }

  private static long fits(Duration time, Facts facts, double reading) {
    double seconds = time.toMillis() / 1_000.0 - reading;
    return (long) Math.floor(seconds * facts.writePerSecond().orElseThrow());
  }

  private Duration left(Provider provider, Instant now) {
    Duration own = provider.timeout();
    if (deadline == null) {
      return own;
    }
    Duration until = Duration.between(now, deadline);
    return until.compareTo(own) < 0 ? until : own;
  }

  private static CallRefused tooSlow(
      Provider provider, long newTokens, long needed, Duration time, Facts facts, Duration left) {
    boolean byDeadline = left.compareTo(provider.timeout()) < 0;
    String measured =
        "Expected "
            + provider.name()
            + " to read "
            + newTokens
            + " tokens and to write "
            + needed
            + " within "
            + seconds(left)
            + " s, but it reads "
            + facts.readPerSecond().map(Allowance::speed).orElse("at an unknown speed")
            + " and writes "
            + facts.writePerSecond().map(Allowance::speed).orElse("at an unknown speed")
            + ", which takes "
            + seconds(time)
            + " s";
    return new CallRefused(
        GuardCode.TOO_SLOW,
        byDeadline
            ? measured + ", and the activity's deadline leaves no more."
            : measured + "; `timeout: " + enough(time) + "` would do.");
  }

  private static String speed(double perSecond) {
    return String.format(Locale.ROOT, "%.1f a second", perSecond);
  }

  private static long seconds(Duration time) {
    return Math.max(0, Math.ceilDiv(time.toMillis(), 1_000L));
  }

  /** In whole minutes, as nobody would set another one. */
  private static Duration enough(Duration time) {
    return Duration.ofMinutes(Math.ceilDiv((long) (time.toMillis() * SLACK), 60_000L));
  }
}
