package dev.kodo.routine;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import org.jspecify.annotations.Nullable;

/**
 * A routine that somebody asks for, each part as a person would write it into the file. It is
 * checked by reading the entry that it makes.
 */
public record NewRoutine(
    String name,
    @Nullable String description,
    @Nullable String cron,
    @Nullable String event,
    @Nullable String files,
    @Nullable String message,
    @Nullable String instruction,
    @Nullable String process,
    @Nullable String spend,
    @Nullable String spendPerDay,
    @Nullable String calls,
    @Nullable String time,
    @Nullable String missed) {

  /** The entry as it stands in the file. */
  String entry() {
    StringBuilder entry = new StringBuilder(name).append(":\n");
    line(entry, "  ", "description", description);
    entry.append("  when:\n");
    line(entry, "    ", "cron", cron);
    line(entry, "    ", "event", event);
    line(entry, "    ", "files", files);
    line(entry, "    ", "message", message);
    line(entry, "  ", "do", instruction);
    line(entry, "  ", "process", process);
    if (spend != null || spendPerDay != null || calls != null || time != null) {
      entry.append("  limits:\n");
      line(entry, "    ", "spend", spend);
      line(entry, "    ", "spend-per-day", spendPerDay);
      line(entry, "    ", "calls", calls);
      line(entry, "    ", "time", time);
    }
    line(entry, "  ", "missed", missed);
    return entry.toString();
  }

  private static void line(StringBuilder entry, String indent, String key, @Nullable String value) {
    if (value == null) {
      return;
    }
    entry.append(indent).append(key).append(':');
    String text = value.strip();
    boolean block = text.contains("\n") && text.lines().noneMatch(NewRoutine::needsQuotes);
    if (block) {
      entry.append(" |\n");
      text.lines()
          .forEach(each -> entry.append(each.isEmpty() ? "" : indent + "  " + each).append('\n'));
    } else {
      entry
          .append(" \"")
          .append(JsonStringEncoder.getInstance().quoteAsString(text))
          .append("\"\n");
    }
  }

  /** A line that a block of YAML would not keep as it is. */
  private static boolean needsQuotes(String line) {
    return line.startsWith(" ")
        || line.endsWith(" ")
        || line.codePoints().anyMatch(letter -> Character.isISOControl(letter));
  }
}
