package dev.kodo.kernel.guard;

import dev.kodo.kernel.guard.http.Headers;
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

  void addTo(Map<String, String> environment) {
    if (isPresent()) {
      environment.put(variable, value);
    }
  }

  /** The bytes without the key, which some servers repeat when they complain about it. */
  byte[] hiddenIn(byte[] bytes) {
    if (!isPresent() || indexOf(bytes) < 0) {
      return bytes;
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String key = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return text.replace(key, HIDDEN).getBytes(StandardCharsets.ISO_8859_1);
  }

  private int indexOf(byte[] bytes) {
    byte[] key = value.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i + key.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + key.length, key, 0, key.length)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return isPresent() ? HIDDEN : "none";
  }
}
