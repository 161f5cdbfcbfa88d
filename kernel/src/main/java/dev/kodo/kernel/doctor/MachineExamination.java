package dev.kodo.kernel.doctor;

import dev.kodo.kernel.config.Sizes;
import dev.kodo.kernel.engine.EngineDistribution;
import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.PartLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine: Java, Maven, git, disk, folders, sandbox. */
final class MachineExamination {
  private static final long ROOM = 3L << 30;

  private final Installation installation;
  private final KodoHome home;

  MachineExamination(Installation installation, KodoHome home) {
    this.installation = installation;
    this.home = home;
  }

  Finding java() {
    Path compiler = Installation.java().resolveSibling("javac");
    String version = "Java " + Runtime.version() + " in " + System.getProperty("java.home");
    return Runtime.version().feature() >= 21 && Files.isExecutable(compiler)
        ? Finding.ok("java", version)
        : Finding.trouble("java", version + " is no JDK of 21 or newer", "Install a JDK 21+.");
  }

  Finding maven() {
    Optional<Path> maven = PartLauncher.onPath("mvn");
    if (maven.isPresent()) {
      return Finding.ok("maven", maven.get().toString());
    }
    boolean needed =
        !EngineDistribution.isThere(home.cache()) || !Files.exists(installation.workersJar());
    return needed
        ? Finding.trouble("maven", "no mvn on the PATH", "Install Maven 3.8 or newer.")
        : Finding.note("maven", "no mvn on the PATH", "Needed again after the next update.");
  }

  Finding git() {
    return PartLauncher.onPath("git")
        .map(git -> Finding.ok("git", git.toString()))
        .orElseGet(
            () ->
                Finding.trouble(
                    "git",
                    "no git on the PATH; the workspace is kept under git",
                    "Install git (such as: apt install git)."));
  }

  /** Bytes that a new program can have; empty where the system does not say. */
  OptionalLong freeMemory() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    } catch (IOException elsewhere) {
      return OptionalLong.empty();
    }
  }

  Finding disk() {
    try {
      long free = Files.getFileStore(nearestExisting(home.root())).getUsableSpace();
      String text = Sizes.readable(free) + " free at " + home.root();
      return free >= ROOM
          ? Finding.ok("disk", text)
          : Finding.trouble(
              "disk",
              text + "; the engine stops working when the disk is full",
              "Free at least 3 GB, or set KODO_HOME to a larger disk.");
    } catch (IOException e) {
      return Finding.trouble("disk", "not readable: " + e.getMessage(), "Check KODO_HOME.");
    }
  }

  Finding folders() {
    Path place = nearestExisting(home.root());
    if (!Files.isDirectory(place) || !Files.isWritable(place)) {
      return Finding.trouble(
          "folders", place + " is not writable", "Correct its permissions, or set KODO_HOME.");
    }
    for (Path folder : List.of(home.data(), home.logs(), home.run(), home.workspace())) {
      if (Files.exists(folder) && !Files.isWritable(folder)) {
        return Finding.trouble("folders", folder + " is not writable", "Correct its permissions.");
      }
    }
    return Files.exists(home.root())
        ? Finding.ok("folders", home.root() + " is writable")
        : Finding.note("folders", home.root() + " does not exist yet", "`kodo up` creates it.");
  }

  Finding sandbox() {
    Optional<Path> bwrap = PartLauncher.onPath("bwrap");
    if (bwrap.isEmpty()) {
      return Finding.note(
          "sandbox",
          "bubblewrap (bwrap) is not installed",
          "Install the package bubblewrap, so that what the agent compiles stays locked in.");
    }
    return succeeds(bwrap.get().toString(), "--ro-bind", "/", "/", "--unshare-net", "true")
        ? Finding.ok("sandbox", bwrap.get() + " works")
        : Finding.note(
            "sandbox",
            bwrap.get() + " is there, but the machine denies it",
            "Permit unprivileged user namespaces.");
  }

  private static boolean succeeds(String... words) {
    try {
      Process trial =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return trial.waitFor(5, TimeUnit.SECONDS) && trial.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Path nearestExisting(Path path) {
    Path place = path;
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    return place;
  }
}
