package dev.kodo.process.lint;

/**
 * One violation of one rule.
 *
 * @param file file name, or {@code body} when the body declares what no diagram uses
 * @param element id of the element, or the file's own id
 * @param message what is wrong with the values, and what to do
 */
public record Finding(String file, String element, Rule rule, String message) {
  /** Whether the file must not be deployed like this. */
  public boolean refuses() {
    return rule.severity() == Rule.Severity.ERROR;
  }

  @Override
  public String toString() {
    return "%s: %s: %s (%s)".formatted(file, element, message, rule);
  }
}
