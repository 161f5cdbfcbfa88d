package dev.kodo.process.lint;

import java.util.regex.Pattern;

/** The bytes of one file. */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
record Source(String file, byte[] content) {
  private static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  /** The file name without its ending: the id that its content must have. */
  String promisedId() {
    return file.substring(0, file.lastIndexOf('.'));
  }

  boolean hasKebabName() {
    return isKebab(promisedId());
  }

  static boolean isKebab(String name) {
    return KEBAB.matcher(name).matches();
  }

  Finding finding(String element, Rule rule, String message) {
    return new Finding(file, element, rule, message);
  }

  Finding unreadable(String what, String why) {
    return finding(
        file,
        Rule.READABLE,
        "This is no %s: %s. Save it from Camunda Modeler again.".formatted(what, why));
  }
}
