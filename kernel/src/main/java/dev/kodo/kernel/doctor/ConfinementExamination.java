package dev.kodo.kernel.doctor;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.PartRecord;
import dev.kodo.kernel.part.PartRecords;
import dev.kodo.kernel.workers.Confinement;
import dev.kodo.kernel.workers.WorkersPart;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Whether the body is locked in: the running one, or the next. */
final class ConfinementExamination {
  private static final String SUBJECT = "confinement";
  private static final String NEXT =
      "Read docs/confinement.md for what the machine must permit, then `kodo down` and `kodo up`.";

  private final Config config;
  private final KodoHome home;
  private final Installation installation;

  ConfinementExamination(Config config, KodoHome home, Installation installation) {
    this.config = config;
    this.home = home;
    this.installation = installation;
  }

  Finding workers() {
    Optional<Boolean> held =
        new PartRecords(home.run())
            .alive(List.of(WorkersPart.NAME)).stream()
                .findFirst()
                .map(PartRecord::process)
                .flatMap(process -> Confinement.holds(process.pid()));
    return held.map(this::running).orElseGet(this::next);
  }

  private Finding running(boolean held) {
    if (held) {
      return Finding.ok(SUBJECT, "the workers are locked in");
    }
    return config.text(ConfigKey.WORKERS_CONFINED).equals("never")
        ? notWanted()
        : Finding.note(SUBJECT, "the workers run, and are not locked in", NEXT);
  }

  private Finding next() {
    if (config.text(ConfigKey.WORKERS_CONFINED).equals("never")) {
      return notWanted();
    }
    Confinement workers = Confinement.ofWorkers(home, config, installation);
    Confinement trial =
        new Confinement(
            workers.writable().stream().filter(Files::isDirectory).toList(),
            workers.hidden(),
            workers.closed());
    return trial
        .obstacle()
        .map(why -> Finding.note(SUBJECT, "the workers cannot be locked in: " + why, NEXT))
        .orElseGet(() -> Finding.ok(SUBJECT, "the workers can be locked in"));
  }

  private static Finding notWanted() {
    return Finding.note(
        SUBJECT,
        "the workers are not locked in, as `workers.confined: never` says",
        "Set `workers.confined: auto` unless something else locks them in.");
  }
}
