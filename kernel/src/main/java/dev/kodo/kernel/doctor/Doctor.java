package dev.kodo.kernel.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.workers.DiagramNews;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Examines the machine, the home folder and the running parts. Creates nothing. */
public final class Doctor {
  private final Installation installation;
  private final KodoHome home;
  private final Map<String, String> environment;
  private final boolean running;
  private final @Nullable JsonNode workersStatus;
  private final @Nullable JsonNode models;

  /**
   * A doctor for one home folder.
   *
   * @param running whether a kernel runs for this home
   * @param workersStatus the workers' own status when they answer
   * @param models what the guard knows of the models when it answers
   */
  public Doctor(
      Installation installation,
      KodoHome home,
      Map<String, String> environment,
      boolean running,
      @Nullable JsonNode workersStatus,
      @Nullable JsonNode models) {
    this.installation = installation;
    this.home = home;
    this.environment = environment;
    this.running = running;
    this.workersStatus = workersStatus;
    this.models = models;
  }

  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    MachineExamination machine = new MachineExamination(installation, home);
    findings.add(machine.java());
    findings.add(machine.maven());
    findings.add(machine.git());
    findings.add(machine.disk());
    findings.add(machine.folders());
    findings.add(machine.sandbox());
    Optional<Config> config = config(findings);
    config.ifPresent(
        known -> {
          PartsExamination parts = new PartsExamination(known, home, environment, running);
          findings.addAll(parts.ports());
          findings.add(guarded("database", parts::database));
          findings.add(guarded("engine", parts::engine));
          findings.add(new ConfinementExamination(known, home, installation).workers());
          findings.add(guarded("operate", () -> operate(known, machine)));
          findings.add(guarded("model", parts::model));
          findings.addAll(new FactsExamination(models).findings());
          findings.add(guarded("encryption", () -> readable("encryption", parts::encryption)));
          findings.add(guarded("prices", () -> readable("prices", parts::prices)));
          findings.add(guarded("budget", parts::budget));
          BooksExamination books = new BooksExamination(known, home, environment, running);
          findings.add(guarded("secrets", books::secrets));
          findings.add(guarded("guard", books::guard));
          findings.add(guarded("audit", books::audit));
        });
    findings.add(diagrams());
    findings.add(stuckSteps());
    findings.add(untold());
    return findings;
  }

  private Optional<Config> config(List<Finding> findings) {
    try {
      Config config = Config.load(home);
      findings.add(Finding.ok("configuration", home.config() + " is fine"));
      return Optional.of(config);
    } catch (Problem problem) {
      findings.add(Finding.trouble("configuration", problem.sentence(), problem.next()));
      return Optional.empty();
    }
  }

  private Finding operate(Config config, MachineExamination machine) {
    return new OperateExamination(config, home, running).memory(machine.freeMemory());
  }

  private interface Reading {
    Finding find() throws IOException;
  }

  private static Finding readable(String name, Reading reading) {
    try {
      return reading.find();
    } catch (IOException e) {
      return Finding.trouble(name, "not readable: " + e.getMessage(), "Check KODO_HOME.");
    }
  }

  private static Finding guarded(String subject, Supplier<Finding> examination) {
    try {
      return examination.get();
    } catch (Problem problem) {
      return Finding.trouble(subject, problem.sentence(), problem.next());
    }
  }

  private Finding stuckSteps() {
    if (workersStatus == null) {
      return Finding.note(
          "stuck steps",
          "not known, as the workers do not answer",
          "Start Kodo with `kodo up` and ask again.");
    }
    JsonNode repair = workersStatus.path("repair");
    if (repair.hasNonNull("blind")) {
      return Finding.note(
          "stuck steps",
          "nobody sees them: " + repair.path("blind").asText(),
          "At a database of your own set `database.exporter-user`, see docs/operations.md; an"
              + " external engine needs the search of Camunda 8.8. Why a local engine writes nothing,"
              + " `kodo logs engine` says; `kodo down` and `kodo up` start its exporter anew.");
    }
    int count = repair.path("stuck").size();
    return count == 0
        ? Finding.ok("stuck steps", "none")
        : Finding.note("stuck steps", Integer.toString(count), "Read them in `kodo status`.");
  }

  /** What the body did and the audit log does not take. */
  private Finding untold() {
    if (workersStatus == null) {
      return Finding.note(
          "outbox",
          "not known, as the workers do not answer",
          "Start Kodo with `kodo up` and ask again.");
    }
    JsonNode outbox = workersStatus.path("outbox");
    int refused = outbox.path("refused").asInt();
    return refused == 0
        ? Finding.ok("outbox", outbox.path("waiting").asInt() + " entries wait for the audit log")
        : Finding.note(
            "outbox",
            refused + " entries are not in the audit log: " + outbox.path("why").asText(),
            "They stay in the table audit_outbox; docs/audit.md says how to send them again.");
  }

  private Finding diagrams() {
    if (workersStatus == null) {
      return Finding.note(
          "diagrams",
          "not compared with the engine, as the workers do not answer",
          "Start Kodo with `kodo up` and ask again.");
    }
    JsonNode deployment = workersStatus.path("deployment");
    return DiagramNews.of(deployment)
        .map(
            news ->
                Finding.note(
                    "diagrams", news, "`kodo deploy --dry-run` checks and shows it first."))
        .orElseGet(
            () ->
                Finding.ok(
                    "diagrams",
                    deployment.path("files").asInt()
                        + " in the engine, the same as the local files"));
  }
}
