package dev.kodo.kernel.budget;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigReader;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Edits one line of {@code budget.yml} and leaves the others, with their comments, as they are. */
public final class BudgetFile {
  private static final Pattern LINE =
      Pattern.compile("(\\s*[^:#]+:)\\s*(?:[0-9.]*|default)(\\s*(#.*)?)");

  private final Path file;
  private final CapsReader reader;

  public BudgetFile(Path file, Config config) {
    this.file = file;
    this.reader = new CapsReader(file, config);
  }

  public Caps caps() throws IOException {
    return reader.parse(text());
  }

  /** Sets a cap for all agents, or the day of one; returns what it was before. */
  public Usd set(Cap cap, Usd amount) throws IOException {
    Usd before = caps().of(cap);
    write(cap.key(), amount);
    return before;
  }

  /** Sets what one agent may spend in a day; returns what it was before. */
  public Usd setAgent(String agentId, Usd amount) throws IOException {
    Usd before = caps().ofAgent(agentId);
    write(CapsReader.AGENTS + agentId, amount);
    return before;
  }

  private void write(String key, Usd amount) throws IOException {
    Map<String, ConfigReader.Entry> entries = ConfigReader.read(file, text());
    List<String> lines = new ArrayList<>(text().lines().toList());
    ConfigReader.Entry entry = entries.get(key);
    if (entry == null) {
      lines.add(key + ": " + amount);
    } else {
      Matcher matcher = LINE.matcher(lines.get(entry.line() - 1));
      if (matcher.matches()) {
        lines.set(entry.line() - 1, matcher.group(1) + " " + amount + matcher.group(2));
      }
    }
    String edited = String.join("\n", lines) + "\n";
    requireEdited(key, amount, edited);
    AtomicFile.write(file, edited);
  }

  /** A file in an unusual layout must not be changed into something else by accident. */
  private void requireEdited(String key, Usd amount, String edited) {
    ConfigReader.Entry entry = ConfigReader.read(file, edited).get(key);
    if (entry == null || !entry.text().equals(amount.toString())) {
      throw new Problem(
          ProblemCode.CONFIG_UNREADABLE,
          "Expected one line `" + key + ": …` in " + file + ", but it is laid out otherwise.",
          "Write `" + key + ": " + amount + "` into that file by hand.");
    }
    reader.parse(edited);
  }

  private String text() throws IOException {
    LiveFile.requireText(file);
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
