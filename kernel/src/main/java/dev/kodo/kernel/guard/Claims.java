package dev.kodo.kernel.guard;

import dev.kodo.kernel.budget.SpendRequest;
import dev.kodo.kernel.guard.http.Headers;
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
