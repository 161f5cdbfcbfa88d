package dev.kodo.kernel.workers;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.PartLauncher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Locks a program in: it writes to a few folders only, does not see others, and cannot look into
 * the kernel's memory, although it belongs to the same user. Done with namespaces of Linux, which
 * every user may make where the system permits it; the process id stays that of the launcher.
 *
 * @param writable folders that exist
 * @param hidden folders, files and sockets; those that do not exist need no hiding
 * @param closed what is read and never written; a writable folder must not hold it
 */
public record Confinement(List<Path> writable, List<Path> hidden, List<Path> closed) {
  private static final List<String> PROGRAMS = List.of("unshare", "mount", "setpriv");
  private static final long PATIENCE_SECONDS = 30;

  /** Where programs of this user leave sockets, each under a name of its own. */
  private static final List<Path> MEETING_PLACES = paths("/tmp", "/var/tmp");

  private static final Path RUN = Path.of("/run");

  /** Where a program of this user is started for whoever asks, outside of any namespace. */
  private static final List<Path> DOORS =
      paths(
          "/run/user",
          "/run/dbus",
          "/run/docker.sock",
          "/run/podman",
          "/run/containerd",
          "/run/libvirt",
          "/run/lxd",
          "/run/screen",
          "/run/snapd.socket",
          "/var/snap/lxd/common/lxd",
          "/var/lib/lxd",
          "/var/lib/incus");

  public Confinement {
    writable = List.copyOf(writable);
    hidden = List.copyOf(hidden);
    closed = List.copyOf(closed);
  }

  /**
   * The workers' own: they write to the workspace and to their temporary folder, and see neither
   * the kernel's secrets nor the files of the database.
   */
  public static Confinement ofWorkers(KodoHome home, Config config, Installation installation) {
    Path user = Path.of(System.getProperty("user.home"));
    List<Path> hidden = new ArrayList<>(DOORS);
    hidden.addAll(List.of(user.resolve(".docker"), user.resolve(".colima")));
    hidden.addAll(List.of(home.secrets(), home.data().resolve("postgres")));
    List<Path> closed = new ArrayList<>(List.of(home.root(), home.cache(), user));
    closed.addAll(List.of(installation.root(), installation.workersJar()));
    closed.add(Path.of(System.getProperty("java.home")));
    if (config.isSet(ConfigKey.MODEL_SCRIPT)) {
      closed.add(config.path(ConfigKey.MODEL_SCRIPT));
    }
    return new Confinement(List.of(config.workspace(), temporaryFiles(home)), hidden, closed);
  }

  static Path temporaryFiles(KodoHome home) {
    return home.run().resolve("workers-tmp");
  }

  /**
   * The words to put before a program and its arguments.
   *
   * @throws IOException when a writable folder is not there
   */
  List<String> prefix() throws IOException {
    Path self = Path.of("/proc/self");
    return prefix(
        Files.getAttribute(self, "unix:uid").toString(),
        Files.getAttribute(self, "unix:gid").toString());
  }

  List<String> prefix(String user, String group) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount", "--ipc", "--"));
    words.addAll(List.of("/bin/sh", "-c"));
    words.add(script());
    words.add("kodo-confined");
    words.add(user);
    words.add(group);
    words.add(isNeeded(RUN) ? "open" : "covered");
    for (Path folder : writable) {
      words.add(folder.toRealPath().toString());
    }
    words.add(":");
    real(hidden).forEach(path -> words.add(path.toString()));
    for (Path place : MEETING_PLACES) {
      if (!isNeeded(place)) {
        words.add(place.toString());
      }
    }
    words.add(":");
    return words;
  }

  /**
   * Whether a running process lives in other namespaces than this one, as those that are locked in
   * do; empty where the system does not say.
   */
  public static Optional<Boolean> holds(long pid) {
    try {
      Path other = Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/user"));
      return Optional.of(!other.equals(Files.readSymbolicLink(Path.of("/proc/self/ns/user"))));
    } catch (IOException elsewhere) {
      return Optional.empty();
    }
  }

  /** Tries it out with a program that does nothing; says why it does not work, if it does not. */
  public Optional<String> obstacle() {
    for (String program : PROGRAMS) {
      if (PartLauncher.onPath(program).isEmpty()) {
        return Optional.of("there is no program " + program);
      }
    }
    try {
      Optional<String> muddle = muddle();
      if (muddle.isPresent()) {
        return muddle;
      }
      List<String> words = new ArrayList<>(prefix());
      words.add("true");
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.environment().keySet().retainAll(Set.of("PATH"));
      Process trial = builder.start();
      trial.getOutputStream().close();
      if (!trial.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        trial.destroyForcibly();
        return Optional.of("the trial took too long");
      }
      String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return trial.exitValue() == 0 ? Optional.empty() : Optional.of(firstLine(said));
    } catch (IOException e) {
      return Optional.of(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the trial was interrupted");
    }
  }

  /** Whether something lies there that the program reads or writes. */
  private boolean isNeeded(Path place) throws IOException {
    return needed().stream().anyMatch(path -> path.startsWith(place));
  }

  private List<Path> needed() throws IOException {
    List<Path> needed = new ArrayList<>(real(writable));
    needed.addAll(real(closed));
    return needed;
  }

  /** Folders that lie in one another so that no rule can hold for both. */
  private Optional<String> muddle() throws IOException {
    for (Path open : real(writable)) {
      for (Path shut : real(closed)) {
        if (shut.startsWith(open)) {
          return Optional.of(open + ", where the workers write, holds " + shut);
        }
      }
    }
    for (Path cover : real(hidden)) {
      for (Path needed : needed()) {
        if (needed.startsWith(cover)) {
          return Optional.of(needed + " lies in " + cover + ", which is hidden from the workers");
        }
      }
    }
    return Optional.empty();
  }

  /** Without links, as the system compares them. */
  private static List<Path> real(List<Path> paths) throws IOException {
    List<Path> real = new ArrayList<>();
    for (Path path : paths) {
      real.add(Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize());
    }
    return real;
  }

  private static List<Path> paths(String... names) {
    return Stream.of(names).map(Path::of).toList();
  }

  private static String firstLine(String said) {
    return said.lines().findFirst().orElse("the trial failed without a word");
  }

  private static String script() throws IOException {
    try (InputStream stream = Confinement.class.getResourceAsStream("confine.sh")) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
