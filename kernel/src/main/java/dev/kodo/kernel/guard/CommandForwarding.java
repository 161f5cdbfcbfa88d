package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.archive.FolderRemoval;
import dev.kodo.kernel.guard.http.Exchange;
import dev.kodo.kernel.guard.http.Watchdog;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.part.PartLauncher;
import dev.kodo.kernel.part.ProcessIdentity;
import dev.kodo.kernel.part.ProcessTree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a program for each call: the prompt goes to its standard input, its standard output is the
 * answer. It gets an empty folder and next to nothing of the kernel's environment.
 */
final class CommandForwarding implements Forwarding {
  private static final int LARGEST_ANSWER = HttpForwarding.LARGEST_ANSWER;
  private static final Duration KILL = Duration.ofSeconds(5);

  private final InFlight inFlight;
  private final Watchdog watchdog;
  private final Map<String, String> environment;
  private final Clock clock;

  CommandForwarding(
      InFlight inFlight, Watchdog watchdog, Map<String, String> environment, Clock clock) {
    this.inFlight = inFlight;
    this.watchdog = watchdog;
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public Outcome forward(Admitted call, Exchange exchange) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("kodo-command");
      Process process = started(call, folder);
      return run(call, process);
    } catch (IOException | RuntimeException e) {
      return new Outcome.Failed(
          GuardCode.PROVIDER_UNREACHABLE,
          "Expected the command of the provider "
              + call.provider().name()
              + " to start, but: "
              + e.getClass().getSimpleName()
              + ".",
          false);
    } finally {
      remove(folder);
    }
  }

  /** Throws nothing: from here on the call counts. */
  private Outcome run(Admitted call, Process process) {
    Optional<ProcessIdentity> identity = ProcessIdentity.of(process.pid());
    AtomicReference<GuardCode> cut = new AtomicReference<>();
    try (InFlight.Entry entry = inFlight.add(() -> end(process, cut, GuardCode.STOPPED));
        Watchdog.Limit limit =
            watchdog.limit(
                call.provider().timeout(), () -> end(process, cut, GuardCode.PROVIDER_TIMEOUT))) {
      return answered(call, process, cut, identity);
    } catch (IOException e) {
      return failed(call, cut, "its output could not be read");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(call, cut, "the guard is stopping");
    } catch (RuntimeException e) {
      return failed(call, cut, "the guard failed with " + e.getClass().getSimpleName());
    }
  }

  private Outcome answered(
      Admitted call,
      Process process,
      AtomicReference<GuardCode> cut,
      Optional<ProcessIdentity> identity)
      throws IOException, InterruptedException {
    try {
      Thread.ofVirtual().start(() -> feed(process, call.inspection().prompt()));
      byte[] answer = process.getInputStream().readNBytes(LARGEST_ANSWER + 1);
      return outcome(call, process, answer, cut);
    } finally {
      identity.ifPresent(leader -> ProcessTree.kill(leader, KILL));
    }
  }

  private Process started(Admitted call, Path folder) throws IOException {
    List<String> words = new ArrayList<>();
    // In a session of its own, also those of its processes are found that it leaves behind.
    PartLauncher.onPath("setsid").ifPresent(setsid -> words.add(setsid.toString()));
    words.addAll(call.provider().command());
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> variables = builder.environment();
    variables.clear();
    for (String name : List.of("PATH", "HOME", "TZ")) {
      if (environment.containsKey(name)) {
        variables.put(name, environment.get(name));
      }
    }
    variables.put("LANG", "C.UTF-8");
    variables.put("TMPDIR", folder.toString());
    call.provider().key().addTo(variables);
    return builder.start();
  }

  /** Kills the tree at once, so that a process that holds the output open does not live on. */
  private static void end(Process process, AtomicReference<GuardCode> cut, GuardCode why) {
    cut.compareAndSet(null, why);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void feed(Process process, String prompt) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(prompt.getBytes(StandardCharsets.UTF_8));
    } catch (IOException notRead) {
      // The program may answer without reading everything.
    }
  }

  private Outcome outcome(
      Admitted call, Process process, byte[] answer, AtomicReference<GuardCode> cut)
      throws InterruptedException {
    if (answer.length > LARGEST_ANSWER) {
      return failed(call, cut, "it wrote more than " + LARGEST_ANSWER + " bytes");
    }
    int exit = process.waitFor();
    if (exit != 0 || cut.get() != null) {
      return failed(call, cut, "it ended with exit code " + exit);
    }
    Usage usage = new Usage();
    byte[] shown = call.provider().key().hiddenIn(answer);
    return new Outcome.Answered(
        200, "application/json", Optional.empty(), new Outcome.WholeBody(json(call, shown)), usage);
  }

  private static Outcome failed(Admitted call, AtomicReference<GuardCode> cut, String why) {
    GuardCode code = Optional.ofNullable(cut.get()).orElse(GuardCode.PROVIDER_GARBLED);
    return new Outcome.Failed(
        code,
        "Expected the command of the provider "
            + call.provider().name()
            + " to answer, but "
            + why
            + ".",
        true);
  }

  private byte[] json(Admitted call, byte[] answer) {
    ObjectNode json = Json.object();
    json.put("id", "kodo-" + call.reservation().id()).put("object", "chat.completion");
    json.put("created", clock.instant().getEpochSecond()).put("model", call.inspection().model());
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    choice
        .putObject("message")
        .put("role", "assistant")
        .put("content", new String(answer, StandardCharsets.UTF_8).strip());
    choice.put("finish_reason", "stop");
    return Json.print(json).getBytes(StandardCharsets.UTF_8);
  }

  private static void remove(@org.jspecify.annotations.Nullable Path folder) {
    try {
      if (folder != null) {
        FolderRemoval.remove(folder);
      }
    } catch (IOException e) {
      System.err.println("Kodo: could not remove " + folder + ": " + e.getMessage());
    }
  }
}
