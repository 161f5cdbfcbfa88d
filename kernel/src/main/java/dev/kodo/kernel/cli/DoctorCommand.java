package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kodo.kernel.doctor.Doctor;
import dev.kodo.kernel.doctor.Finding;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.run.KernelLock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Examines everything and says what to do. */
@Command(
    name = "doctor",
    description = {
      "Examine Java, Maven, git, disk, ports, folders, database, engine, diagrams, models, sandbox,",
      "secrets, the guard's books and the end of the audit log.",
      "Says for each what to do. Creates nothing."
    },
    footer = {"%nExamples:", "  kodo doctor", "  kodo doctor --json"})
final class DoctorCommand extends KodoCommand {
  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  DoctorCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    boolean running = KernelLock.holder(session().home()).isPresent();
    List<Finding> findings =
        new Doctor(
                session().installation(),
                session().home(),
                session().environment(),
                running,
                running ? workersStatus() : null,
                running ? models() : null)
            .examine();
    if (json) {
      printJson(findings);
    } else {
      findings.forEach(this::print);
    }
    return findings.stream().anyMatch(f -> f.grade() == Finding.Grade.TROUBLE)
        ? ExitCode.FAILED
        : ExitCode.OK;
  }

  private @Nullable JsonNode models() {
    try {
      return session().guard(Duration.ofSeconds(5)).models();
    } catch (IOException | Problem silent) {
      return null;
    }
  }

  private @Nullable JsonNode workersStatus() {
    try {
      return session().api(Duration.ofSeconds(5)).get("/status");
    } catch (Problem silent) {
      return null;
    }
  }

  private void print(Finding finding) {
    String mark =
        switch (finding.grade()) {
          case OK -> "✓";
          case NOTE -> "•";
          case TROUBLE -> "✗";
        };
    say("%s %-14s %s".formatted(mark, finding.subject(), finding.text()));
    if (!finding.next().isEmpty()) {
      say("                 → " + finding.next());
    }
  }

  private void printJson(List<Finding> findings) {
    ArrayNode array = Json.object().putArray("findings");
    for (Finding finding : findings) {
      array
          .addObject()
          .put("subject", finding.subject())
          .put("grade", finding.grade().word())
          .put("text", finding.text())
          .put("next", finding.next());
    }
    say(Json.print(array));
  }
}
