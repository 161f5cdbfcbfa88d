package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.home.Printable;
import dev.kodo.kernel.part.PartLauncher;
import dev.kodo.kernel.part.PartLog;
import dev.kodo.kernel.part.ProcessIdentity;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.run.KernelLock;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a kernel in the background and shows its start until it works or failed. */
final class DetachedKernel {
  private static final long LOG_LIMIT = 10L << 20;

  private final Session session;
  private final boolean operate;

  /**
   * A kernel for the home of this session.
   *
   * @param operate whether Operate and Tasklist run too
   */
  DetachedKernel(Session session, boolean operate) {
    this.session = session;
    this.operate = operate;
  }

  ExitCode start() throws IOException, InterruptedException {
    KodoHome home = session.home();
    Optional<ProcessIdentity> running = KernelLock.holder(home);
    if (running.isPresent()) {
      throw new Problem(
          ProblemCode.ALREADY_RUNNING,
          "Kodo is already running for " + home.root() + " (pid " + running.get().pid() + ").");
    }
    Files.createDirectories(home.logs());
    PartLog.rotate(home.log("kernel"), LOG_LIMIT);
    return watch(spawn(home.log("kernel")));
  }

  private Process spawn(Path log) throws IOException {
    List<String> words = new ArrayList<>();
    PartLauncher.onPath("setsid").ifPresent(setsid -> words.add(setsid.toString()));
    words.add(Installation.java().toString());
    words.addAll(
        List.of(
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            // Nobody loads code into the kernel while it runs, not even its own user.
            "-XX:+DisableAttachMechanism",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "-Dkodo.installation=" + session.installation().root()));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.kodo.kernel.Kodo"));
    words.addAll(List.of("up", "--in-background"));
    if (operate) {
      words.add("--operate");
    }
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(folders());
    builder.directory(session.home().root().toFile());
    return builder.start();
  }

  /** The child has another current folder, so a relative path would lead elsewhere from there. */
  Map<String, String> folders() {
    return Map.of(
        "KODO_HOME", session.home().root().toString(),
        "KODO_CACHE", session.home().cache().toString(),
        "KODO_WORKERS_JAR", session.installation().workersJar().toString());
  }

  private ExitCode watch(Process kernel) throws InterruptedException {
    try (UpScreen screen = new UpScreen(session, session.terminal())) {
      while (true) {
        Optional<JsonNode> state = stateOf(kernel.pid());
        state.ifPresent(screen::changed);
        String phase = state.map(json -> json.path("phase").asText()).orElse("");
        if (phase.equals("ready")) {
          session
              .out()
              .println(
                  "  Running in the background (pid "
                      + kernel.pid()
                      + "). Watch it with `kodo logs -f kernel`, stop it with `kodo down`.");
          return ExitCode.OK;
        }
        if (!kernel.isAlive()) {
          return ended(kernel.exitValue(), phase);
        }
        Thread.sleep(150);
      }
    }
  }

  private Optional<JsonNode> stateOf(long pid) {
    return session.state().filter(json -> json.path("pid").asLong() == pid);
  }

  private ExitCode ended(int exit, String phase) {
    if (!phase.equals("failed")) {
      session.err().println("kodo: The kernel ended early. Its last words:");
      PartLog.tail(session.home().log("kernel"), 8)
          .forEach(line -> session.err().println("    " + Printable.text(line)));
    }
    for (ExitCode code : ExitCode.values()) {
      if (code.number() == exit && code != ExitCode.OK) {
        return code;
      }
    }
    return ExitCode.FAILED;
  }
}
