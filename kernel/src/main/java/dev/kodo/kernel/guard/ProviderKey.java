package dev.kodo.kernel.guard;

import dev.kodo.kernel.guard.http.Headers;
import dev.kodo.kernel.http.HttpCall;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * The key of a provider. Leaves this class only in the header of a call, or for a command's own
 * environment.
 */
final class ProviderKey {
  static final ProviderKey NONE = new ProviderKey("", "");
  private static final String HIDDEN = "***";

  private final String variable;
  private final String value;

  private ProviderKey(String variable, String value) {
    this.variable = variable;
    this.value = value;
  }

  /** Reads the variable; an unset one gives a key that is not {@link #isPresent}. */
  static ProviderKey of(String variable, Map<String, String> environment) {
    return new ProviderKey(variable, environment.getOrDefault(variable, "").strip());
  }

  boolean isPresent() {
    return !value.isEmpty();
  }

  void addTo(Headers headers, Provider.Kind kind) {
    if (isPresent()) {
      if (kind == Provider.Kind.ANTHROPIC) {
        headers.add("x-api-key", value);
      } else {
        headers.add("Authorization", "Bearer " + value);
      }
    }
  }

  void addTo(HttpCall call, Provider.Kind kind) {
    if (isPresent()) {
      if (kind == Provider.Kind.ANTHROPIC) {
        call.header("x-api-key", value);
      } else {
        call.header("Authorization", "Bearer " + value);
      }
    }
  }

  void addTo(Map<String, String> environment) {
    if (isPresent()) {
      environment.put(variable, value);
    }
  }

  /** Takes the key out of an answer, in which some servers repeat it when they complain. */
  KeyFilter filter() {
    return new KeyFilter(value.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes without the key. */
  byte[] hiddenIn(byte[] bytes) {
    if (!isPresent()) {
      return bytes;
    }
    KeyFilter filter = filter();
    byte[] first = filter.take(bytes, bytes.length);
    byte[] rest = filter.rest();
    byte[] all = Arrays.copyOf(first, first.length + rest.length);
    System.arraycopy(rest, 0, all, first.length, rest.length);
    return all;
  }

  /** The text without the key. */
  String hiddenIn(String text) {
    return isPresent() ? text.replace(value, HIDDEN) : text;
  }

  @Override
  public String toString() {
    return isPresent() ? HIDDEN : "none";
  }
}
