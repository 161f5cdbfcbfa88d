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

/**
 * Runs a program for each call: the prompt goes to its standard input, its standard output is the
 * answer. It gets an empty folder and next to nothing of the kernel's environment.
 */
final class CommandForwarding implements Forwarding {
  private static final int LARGEST_ANSWER = WholeAnswers.LARGEST;
  private static final Duration KILL = Duration.ofSeconds(5);

  private final Map<String, String> environment;
  private final Clock clock;

  CommandForwarding(Map<String, String> environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public Outcome forward(Admitted call, Exchange exchange, Leash leash) {
    Optional<Ended> ended = leash.why();
    if (ended.isPresent()) {
      return Outcome.early(call, ended.get(), false);
    }
    Path folder = null;
    try {
      folder = Files.createTempDirectory("kodo-command");
      Process process = started(call, folder);
      return run(call, process, leash);
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
  private Outcome run(Admitted call, Process process, Leash leash) {
    Optional<ProcessIdentity> identity = ProcessIdentity.of(process.pid());
    leash.cutBy(() -> end(process));
    try (Watchdog.Limit limit = leash.limit(call.provider().timeout())) {
      return answered(call, process, leash, identity);
    } catch (IOException e) {
      return failed(call, leash, "its output could not be read");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(call, leash, "the guard is stopping");
    } catch (RuntimeException e) {
      return failed(call, leash, "the guard failed with " + e.getClass().getSimpleName());
    }
  }

  private Outcome answered(
      Admitted call, Process process, Leash leash, Optional<ProcessIdentity> identity)
      throws IOException, InterruptedException {
    try {
      Thread.ofVirtual().start(() -> feed(process, call.inspection().prompt()));
      byte[] answer = process.getInputStream().readNBytes(LARGEST_ANSWER + 1);
      return outcome(call, process, answer, leash);
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
  private static void end(Process process) {
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

  private Outcome outcome(Admitted call, Process process, byte[] answer, Leash leash)
      throws InterruptedException {
    if (answer.length > LARGEST_ANSWER) {
      return failed(call, leash, "it wrote more than " + LARGEST_ANSWER + " bytes");
    }
    int exit = process.waitFor();
    if (exit != 0 || leash.why().isPresent()) {
      return failed(call, leash, "it ended with exit code " + exit);
    }
    Usage usage = new Usage();
    byte[] shown = call.provider().key().hiddenIn(answer);
    return new Outcome.Answered(
        200, "application/json", Optional.empty(), new Outcome.WholeBody(json(call, shown)), usage);
  }

  private static Outcome failed(Admitted call, Leash leash, String fault) {
    return leash
        .why()
        .map(why -> Outcome.early(call, why, true))
        .orElseGet(() -> Outcome.Failed.garbled(call, fault));
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
