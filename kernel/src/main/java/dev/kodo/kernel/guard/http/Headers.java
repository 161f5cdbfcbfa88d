package dev.kodo.kernel.guard.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Header fields in their order; names compare without regard to case. */
public final class Headers {
  private record Field(String name, String value) {}

  private final List<Field> fields = new ArrayList<>();

  /** Adds a field; throws {@link IllegalArgumentException} for a value that would end its line. */
  public Headers add(String name, String value) {
    if (!isToken(name) || !isPlain(value)) {
      throw new IllegalArgumentException("Expected a header field, but `" + name + "` is none");
    }
    fields.add(new Field(name, value));
    return this;
  }

  /** All values of a name, in their order. */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name.equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  void writeTo(StringBuilder text) {
    fields.forEach(
        field -> text.append(field.name).append(": ").append(field.value).append("\r\n"));
  }

  static boolean isToken(String name) {
    return !name.isEmpty()
        && name.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }

  /** Tabs and everything printable of Latin-1: no control characters. */
  static boolean isPlain(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c <= 0xff && c != 0x7f));
  }
}
