package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kodo.kernel.audit.AuditEntry;
import dev.kodo.kernel.audit.AuditReader;
import dev.kodo.kernel.audit.EntryFilter;
import dev.kodo.kernel.audit.Kind;
import dev.kodo.kernel.config.Durations;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Shows entries of the audit log. */
@Command(
    name = "show",
    description = {
      "Show the newest entries of the audit log, one on a line.",
      "Showing proves nothing; `kodo audit verify` does."
    },
    footer = {
      "%nExamples:",
      "  kodo audit show --limit 100",
      "  kodo audit show --kind model-call --agent main --since 2h",
      "  kodo audit show --json --since 2026-11-21T00:00:00Z",
      "  kodo audit show -f     follow; Ctrl-C ends"
    })
final class AuditShowCommand extends KodoCommand {
  private static final long PAUSE_MILLIS = 500;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      converter = KindWord.class,
      description = "Only this kind, such as model-call or refusal.")
  private @Nullable Kind kind;

  @Option(names = "--agent", paramLabel = "NAME", description = "Only this agent.")
  private @Nullable String agent;

  @Option(names = "--heartbeat", paramLabel = "ID", description = "Only this heartbeat.")
  private @Nullable String heartbeat;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only since this moment, or for this long, such as 2h.")
  private @Nullable String since;

  @Option(
      names = {"-n", "--limit"},
      defaultValue = "20",
      paramLabel = "COUNT",
      description = "How many at most; default 20.")
  private int limit;

  @Option(names = "--json", description = "Print each entry as JSON on a line.")
  private boolean json;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on showing new entries.")
  private boolean follow;

  AuditShowCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() throws IOException, InterruptedException {
    EntryFilter filter = new EntryFilter(0, kind, agent, heartbeat, moment(), Math.max(1, limit));
    AuditReader reader = AuditAccess.reader(session());
    List<AuditEntry> entries = reader.newest(filter);
    entries.forEach(this::show);
    if (follow) {
      long last = entries.isEmpty() ? 0 : entries.getLast().seq();
      reader.follow(filter.following(last), this::show, this::pause);
    } else if (entries.isEmpty() && !json) {
      say("There is no such entry.");
    }
    return ExitCode.OK;
  }

  private boolean pause() throws InterruptedException {
    Thread.sleep(PAUSE_MILLIS);
    return !session().out().checkError();
  }

  private @Nullable Instant moment() {
    if (since == null) {
      return null;
    }
    try {
      return Instant.parse(since);
    } catch (DateTimeException noMoment) {
      return before(since);
    }
  }

  private Instant before(String duration) {
    try {
      return session().clock().instant().minus(Durations.parse(duration));
    } catch (IllegalArgumentException noDuration) {
      throw new ParameterException(
          spec.commandLine(),
          "Expected --since to be a time such as 2026-11-21T00:00:00Z or a duration such as 2h, but"
              + " it is "
              + duration);
    }
  }

  private void show(AuditEntry entry) {
    say(json ? Json.line(json(entry)) : line(entry));
  }

  private static String line(AuditEntry entry) {
    String who = entry.agentId() == null ? "-" : entry.agentId();
    String beat = entry.heartbeatId() == null ? "-" : entry.heartbeatId();
    return String.join(
            "  ",
            Columns.right(Long.toString(entry.seq()), 6),
            Columns.left(entry.at().toString(), 27),
            Columns.left(entry.actor(), 6),
            Columns.left(entry.kind(), 13),
            Columns.left(who, 10),
            Columns.left(beat, 14),
            entry.subject() + ": " + entry.outcome(),
            entry.detail().equals("{}") ? "" : entry.detail())
        .stripTrailing();
  }

  private static ObjectNode json(AuditEntry entry) {
    ObjectNode json = Json.object();
    json.put("seq", entry.seq()).put("at", entry.at().toString());
    json.put("actor", entry.actor()).put("kind", entry.kind());
    json.put("agentId", entry.agentId()).put("heartbeatId", entry.heartbeatId());
    json.put("subject", entry.subject()).put("outcome", entry.outcome());
    json.put("digest", entry.digest() == null ? null : entry.digest().hex());
    json.set("detail", detail(entry));
    json.put("hash", entry.hash().hex());
    return json;
  }

  /** As an object; a damaged log is shown too, then as the text that it is. */
  private static JsonNode detail(AuditEntry entry) {
    try {
      return Json.parse(entry.detail());
    } catch (IOException noJson) {
      return TextNode.valueOf(entry.detail());
    }
  }

  /** Reads a kind as it is shown. */
  static final class KindWord implements ITypeConverter<Kind> {
    @Override
    public Kind convert(String word) {
      return Arrays.stream(Kind.values())
          .filter(kind -> kind.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of "
                          + Arrays.stream(Kind.values())
                              .map(Kind::word)
                              .collect(Collectors.joining(", "))
                          + ", but was "
                          + word));
    }
  }
}
