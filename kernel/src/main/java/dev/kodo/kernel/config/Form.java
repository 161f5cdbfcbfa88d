package dev.kodo.kernel.config;

import java.net.URI;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The form of a value: a description for people and a rule that returns the value in its normal
 * form or throws {@link IllegalArgumentException}.
 */
public record Form(String description, UnaryOperator<String> rule) {
  /** As a parameter, or behind the user in front of the host. */
  private static final Pattern PASSWORD =
      Pattern.compile("(password=)[^&]*|(//[^/@:]*:)[^/@]*(?=@)", Pattern.CASE_INSENSITIVE);

  static final Form TEXT = new Form("text", text -> text);
  static final Form PATH = new Form("a folder or file", Form::notBlank);
  static final Form OPTIONAL_PATH = new Form("a file, or nothing", text -> text);
  static final Form DURATION =
      new Form("a duration such as PT30M, 30m or 10s", text -> Durations.parse(text).toString());
  static final Form SIZE = new Form("a size such as 1MB or 500KB", text -> Sizes.parse(text) + "B");
  static final Form PORT = number(1, 65_535);
  static final Form MEMORY =
      new Form("a heap size such as 512m or 2g", text -> matching(text, "[1-9][0-9]{0,5}[kmgKMG]"));
  static final Form URL = new Form("an http or https address, or nothing", Form::url);
  static final Form JDBC_URL =
      new Form(
          "an address such as jdbc:postgresql://host:5432/kodo without a password, or nothing",
          Form::jdbcUrl);
  static final Form VARIABLE =
      new Form(
          "the name of an environment variable, or nothing",
          text -> matching(text, "([A-Za-z_][A-Za-z0-9_]*)?"));
  static final Form ZONE = new Form("a time zone such as Europe/Berlin, or system", Form::zone);
  static final Form USD =
      new Form(
          "an amount in US dollars such as 5 or 0.25",
          text -> matching(text, "[0-9]{1,9}(\\.[0-9]{1,9})?"));
  static final Form OPTIONAL_USD =
      new Form(
          "an amount in US dollars such as 5 or 0.25, or nothing",
          text -> matching(text, "([0-9]{1,9}(\\.[0-9]{1,9})?)?"));
  static final Form OPTIONAL_ZONE =
      new Form(
          "a time zone such as Europe/Berlin, or nothing",
          text -> text.isEmpty() ? text : zone(text));
  static final Form AGENTS =
      new Form("a list of names of a-z, 0-9 and -, such as [main, night-owl]", Form::agents);

  static Form number(int least, int most) {
    return new Form(
        "a number from " + least + " to " + most,
        text -> {
          int number = Integer.parseInt(text.strip());
          if (number < least || number > most) {
            throw new IllegalArgumentException("out of range");
          }
          return Integer.toString(number);
        });
  }

  static Form choice(String... values) {
    List<String> known = List.of(values);
    return new Form(
        "one of " + String.join(", ", known),
        text -> {
          if (!known.contains(text)) {
            throw new IllegalArgumentException("not in the list");
          }
          return text;
        });
  }

  private static String notBlank(String text) {
    return matching(text, "\\S(.*\\S)?");
  }

  private static String matching(String text, String pattern) {
    if (!text.matches(pattern)) {
      throw new IllegalArgumentException("not of this form");
    }
    return text;
  }

  private static String url(String text) {
    if (text.isEmpty()) {
      return text;
    }
    URI uri = URI.create(text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!List.of("http", "https", "grpc", "grpcs").contains(scheme) || uri.getHost() == null) {
      throw new IllegalArgumentException("not an address");
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** The address is shown in many places; a password belongs into the environment. */
  private static String jdbcUrl(String text) {
    if (PASSWORD.matcher(text).find()) {
      throw new IllegalArgumentException("holds a password");
    }
    return matching(text, "(jdbc:postgresql:.+)?");
  }

  /** Without what must not be repeated in a message. */
  static String withoutPassword(String text) {
    return PASSWORD.matcher(text).replaceAll("$1$2…");
  }

  private static String zone(String text) {
    try {
      return text.equals("system") ? ZoneId.systemDefault().getId() : ZoneId.of(text).getId();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a time zone", e);
    }
  }

  private static String agents(String text) {
    List<String> names = Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList();
    names.forEach(name -> matching(name, "[a-z0-9][a-z0-9-]{0,39}"));
    return String.join(",", names);
  }
}
