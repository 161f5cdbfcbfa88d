package dev.kodo.kernel.guard;

import dev.kodo.kernel.budget.SpendRequest;
import dev.kodo.kernel.budget.Stated;
import dev.kodo.kernel.budget.Usd;
import dev.kodo.kernel.guard.http.Headers;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a caller says about itself in its headers; checked for form, not for truth. */
final class Claims {
  private static final int LONGEST = 200;

  private Claims() {}

  static SpendRequest.Caller of(Headers headers) throws CallRefused {
    return new SpendRequest.Caller(
        required(headers, "Kodo-Agent"),
        required(headers, "Kodo-Call"),
        claim(headers, "Kodo-Heartbeat"),
        claim(headers, "Kodo-Process"),
        claim(headers, "Kodo-Element"),
        claim(headers, "Kodo-Purpose"));
  }

  /** Limits that the caller states for its heartbeat; they can lower the caps, never raise them. */
  static Stated stated(Headers headers) throws CallRefused {
    String spend = claim(headers, "Kodo-Heartbeat-Cap");
    String calls = claim(headers, "Kodo-Heartbeat-Calls");
    if (spend == null && calls == null) {
      return Stated.NOTHING;
    }
    required(headers, "Kodo-Heartbeat");
    return new Stated(
        spend == null ? null : dollars(spend),
        calls == null ? null : number("Kodo-Heartbeat-Calls", calls));
  }

  /** What the caller wants of the answer's length and time, beside the bound in its call. */
  static Allowance allowance(Headers headers, long answer) throws CallRefused {
    String room = claim(headers, "Kodo-Room");
    if (room != null && !room.equals("all")) {
      throw malformed("Kodo-Room", "it is not `all`");
    }
    String least = claim(headers, "Kodo-Least-Answer");
    return new Allowance(
        answer,
        least == null ? 1 : number("Kodo-Least-Answer", least),
        room != null,
        deadline(headers));
  }

  /** The moment at which the caller has no use for an answer any more. */
  static @Nullable Instant deadline(Headers headers) throws CallRefused {
    String deadline = claim(headers, "Kodo-Deadline");
    try {
      return deadline == null ? null : Instant.parse(deadline);
    } catch (DateTimeException e) {
      throw malformed("Kodo-Deadline", "it is no moment such as 2026-11-29T04:00:00Z");
    }
  }

  private static Usd dollars(String value) throws CallRefused {
    try {
      return Usd.parse(value);
    } catch (IllegalArgumentException e) {
      throw malformed("Kodo-Heartbeat-Cap", "it is no amount in US dollars such as 0.25");
    }
  }

  private static int number(String name, String value) throws CallRefused {
    if (!value.matches("[0-9]{1,6}")) {
      throw malformed(name, "it is no whole number of at most six digits");
    }
    return Integer.parseInt(value);
  }

  static String required(Headers headers, String name) throws CallRefused {
    String value = claim(headers, name);
    if (value == null) {
      throw malformed(name, "it is missing");
    }
    return value;
  }

  /** A claim that is there once, is printable ASCII, and is not empty. */
  static @Nullable String claim(Headers headers, String name) throws CallRefused {
    List<String> values = headers.all(name);
    if (values.isEmpty() || values.getFirst().isEmpty()) {
      return null;
    }
    String value = values.getFirst();
    if (values.size() > 1) {
      throw malformed(name, "it comes twice");
    }
    if (value.length() > LONGEST || !value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      throw malformed(name, "it is not printable ASCII of at most " + LONGEST + " characters");
    }
    return value;
  }

  private static CallRefused malformed(String name, String why) {
    return new CallRefused(
        GuardCode.CALL_MALFORMED, "Expected the header " + name + " to name it, but " + why + ".");
  }
}
