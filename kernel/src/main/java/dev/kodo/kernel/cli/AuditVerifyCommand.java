package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.audit.AuditReport;
import dev.kodo.kernel.audit.Finding;
import dev.kodo.kernel.config.Durations;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks the whole audit log. */
@Command(
    name = "verify",
    description = {
      "Read the whole audit log and compare it with its hashes, its signed checkpoints and its",
      "signed head. Changes nothing; Kodo may run meanwhile."
    },
    footer = {
      "%nExamples:",
      "  kodo audit verify",
      "  kodo audit verify --json",
      "%nExit code 8: the log is not as it was written."
    })
final class AuditVerifyCommand extends KodoCommand {
  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  AuditVerifyCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() throws IOException {
    long started = System.nanoTime();
    AuditReport report = AuditAccess.reader(session()).verify();
    if (json) {
      say(Json.print(json(report)));
    } else {
      tell(report, Duration.ofNanos(System.nanoTime() - started));
    }
    return report.isIntact() ? ExitCode.OK : ExitCode.AUDIT_BROKEN;
  }

  private void tell(AuditReport report, Duration took) {
    say(
        report.isIntact()
            ? "The audit log is intact."
            : "The audit log is NOT as it was written: " + report.allFindings() + " findings.");
    say("  entries       " + report.entries() + range(report));
    say("  checkpoints   " + report.checkpoints() + " with a valid signature");
    if (report.afterHead() > 0) {
      say(
          "  newest        "
              + report.afterHead()
              + " newer than the signed head: usual while Kodo runs, and after a crash");
    }
    say("  took          " + Durations.readable(took));
    for (Finding finding : report.findings()) {
      say("  ✗ " + finding.text() + " [" + finding.damage().word() + "]");
    }
    if (report.allFindings() > report.findings().size()) {
      say("  … and " + (report.allFindings() - report.findings().size()) + " more");
    }
  }

  private static String range(AuditReport report) {
    return report.entries() == 0 ? "" : ", " + report.firstAt() + " to " + report.lastAt();
  }

  private static ObjectNode json(AuditReport report) {
    ObjectNode json = Json.object();
    json.put("intact", report.isIntact()).put("entries", report.entries());
    if (report.entries() > 0) {
      json.put("firstAt", String.valueOf(report.firstAt()));
      json.put("lastAt", String.valueOf(report.lastAt()));
    }
    json.put("checkpoints", report.checkpoints()).put("afterHead", report.afterHead());
    json.put("allFindings", report.allFindings());
    var findings = json.putArray("findings");
    for (Finding finding : report.findings()) {
      ObjectNode each = findings.addObject();
      each.put("damage", finding.damage().word());
      each.put("firstSeq", finding.firstSeq()).put("lastSeq", finding.lastSeq());
      each.put("text", finding.text());
    }
    return json;
  }
}
