package dev.kodo.kernel.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kodo.kernel.archive.FolderRemoval;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.ProcessIdentity;
import dev.kodo.kernel.run.Orphans;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a program of the kernel's own user can do from inside. Each attempt is made free as well: an
 * attempt that fails there would prove nothing.
 */
class ConfinementTest {
  private static final String SECRET = "the-key-of-the-guard";
  private static final String NOBODY = "65534";

  @TempDir Path folder;

  private KodoHome home;
  private Confinement confinement;
  private Process neighbour;

  /** Who tries: the user of this test, and an ordinary one where that is root. */
  enum User {
    SELF,
    ORDINARY
  }

  /**
   * One attempt, as a program of the shell.
   *
   * @param script prints {@link #SECRET} or changes a file when it succeeds
   */
  record Attempt(String name, String script) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeEach
  void plant() throws Exception {
    home = new KodoHome(folder.resolve("a home"), folder.resolve("cache"));
    Files.createDirectories(home.secrets());
    Files.createDirectories(home.workspace());
    Files.createDirectories(Confinement.temporaryFiles(home));
    Files.writeString(home.secrets().resolve("key"), SECRET);
    Files.writeString(home.budget(), "per-day: 5\n");
    Files.writeString(folder.resolve("kernel.jar"), "jar");
    confinement = confinement("");
    assumeTrue(confinement.obstacle().isEmpty(), () -> confinement.obstacle().orElseThrow());
    ProcessBuilder kernel = new ProcessBuilder("sleep", "600");
    kernel.environment().put("PROVIDER_KEY", SECRET);
    neighbour = kernel.directory(home.root().toFile()).start();
  }

  @AfterEach
  void end() {
    if (neighbour != null) {
      neighbour.destroyForcibly();
    }
  }

  static Stream<Attempt> thefts() {
    return Stream.of(
        new Attempt("reads the file", "cat secrets/key"),
        new Attempt("by another way", "cat \"$PWD/run/../secrets/key\""),
        new Attempt("through a link", "ln -s \"$PWD/secrets\" workspace/l; cat workspace/l/key"),
        new Attempt("the neighbour's environment", "tr '\\0' '\\n' < /proc/$NEIGHBOUR/environ"),
        new Attempt("the neighbour's files", "cat \"/proc/$NEIGHBOUR/root$PWD/secrets/key\""),
        new Attempt("the neighbour's folder", "cat /proc/$NEIGHBOUR/cwd/secrets/key"),
        new Attempt("takes the cover off", "umount \"$PWD/secrets\"; cat secrets/key"),
        new Attempt(
            "with powers of its own",
            "unshare --user --map-root-user --mount sh -c"
                + " 'umount \"$PWD/secrets\"; mount --bind / workspace;"
                + " cat secrets/key \"workspace$PWD/secrets/key\"'"),
        new Attempt(
            "a mount that shows what is below",
            "mkdir -p workspace/m; unshare --user --map-root-user --mount sh -c"
                + " 'mount --rbind \"$PWD\" workspace/m; umount workspace/m/secrets;"
                + " cat workspace/m/secrets/key'"),
        new Attempt(
            "from the neighbour's mounts",
            "nsenter --target $NEIGHBOUR --mount cat \"$PWD/secrets/key\""));
  }

  static Stream<Attempt> changes() {
    return Stream.of(
        new Attempt("writes", "echo 'per-day: 500' > budget.yml"),
        new Attempt("from the folder it was started in", "cd /; cd - ; echo x > ./budget.yml"),
        new Attempt("appends", "echo '# more' >> budget.yml"),
        new Attempt("moves over it", "echo x > workspace/b; mv -f workspace/b budget.yml"),
        new Attempt("removes", "rm -f budget.yml"),
        new Attempt("moves the folder away", "mv \"$PWD\" \"$PWD.old\""),
        new Attempt(
            "through a link", "ln -s \"$PWD/budget.yml\" workspace/b; echo x > workspace/b"),
        new Attempt("a hard link", "ln budget.yml workspace/h && echo x > workspace/h"),
        new Attempt("the permissions", "chmod 777 budget.yml"),
        new Attempt("what is run next time", "echo x > ../kernel.jar"),
        new Attempt("a new file beside it", "echo x > kodo.yml"),
        new Attempt("makes it writable", "mount -o remount,bind,rw /; echo x > budget.yml"),
        new Attempt(
            "makes it writable with powers of its own",
            "unshare --user --map-root-user --mount sh -c"
                + " 'mount -o remount,bind,rw /; mount -o remount,rw /; echo x > budget.yml'"),
        new Attempt(
            "a second way to the same disk",
            "mkdir -p workspace/m; unshare --user --map-root-user --mount sh -c"
                + " 'mount --bind \"$PWD\" workspace/m; mount -o remount,bind,rw workspace/m;"
                + " echo x > workspace/m/budget.yml'"));
  }

  static Stream<Arguments> all() {
    return Stream.of(User.values())
        .filter(user -> user == User.SELF || isRoot())
        .flatMap(
            user -> Stream.concat(thefts(), changes()).map(attempt -> Arguments.of(user, attempt)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("all")
  void keepsOffWhatSucceedsOutside(User user, Attempt attempt) throws Exception {
    own(user);
    String before = state();

    String said = run(user, true, "echo inside; " + attempt.script);

    assertThat(said).startsWith("inside\n").doesNotContain(SECRET);
    assertThat(state()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("thefts")
  void isNeededAgainst(Attempt theft) throws Exception {
    assertThat(run(User.SELF, false, theft.script)).contains(SECRET);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void isNeededAgainstThe(Attempt change) throws Exception {
    String before = state();

    run(User.SELF, false, change.script);

    assertThat(state()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("users")
  void leavesWhatTheBodyNeeds(User user) throws Exception {
    own(user);

    String said =
        run(
            user,
            true,
            """
            echo words > workspace/file && mv workspace/file workspace/theme
            echo words > run/workers-tmp/file
            cat budget.yml
            echo gone > /dev/null
            head -c 4 /dev/urandom | wc -c
            cat /proc/self/cmdline > /dev/null && echo sees itself
            id -u
            """);

    assertThat(said.lines())
        .containsExactly("per-day: 5", "4", "sees itself", user == User.SELF ? self() : NOBODY);
    assertThat(home.workspace().resolve("theme")).hasContent("words");
  }

  @ParameterizedTest
  @MethodSource("users")
  void showsNoDeviceThatHoldsFiles(User user) throws Exception {
    own(user);

    assertThat(run(user, true, "ls /dev").lines())
        .containsExactlyInAnyOrder("fd", "full", "null", "random", "urandom", "zero");
    assertThat(run(user, true, "echo x > /proc/sys/kernel/domainname")).contains("Read-only");
    assertThat(run(user, true, "grep CapEff /proc/self/status")).endsWith("0000000000000000\n");
  }

  /** In a home of the user's, as `/tmp` cannot be covered for one that lies there. */
  @Test
  void coversThePlacesWhereProgramsMeet() throws Exception {
    Path place = Files.createTempDirectory(Path.of(System.getProperty("user.home")), ".kodo-test");
    try {
      Confinement elsewhere =
          new Confinement(List.of(place), List.of(), List.of(place.resolve("..")));
      List<String> words = new ArrayList<>(elsewhere.prefix());
      words.addAll(
          List.of("sh", "-c", "ls -A /tmp; ls -A /var/tmp; find /run ! -type d; echo end"));
      Process process =
          new ProcessBuilder(words).directory(place.toFile()).redirectErrorStream(true).start();

      assertThat(said(process).lines().filter(line -> !line.matches("ls: .*|.*/resolve/.*")))
          .containsExactly("end");
      assertThat(folder.getRoot().resolve("tmp")).isNotEmptyDirectory();
    } finally {
      FolderRemoval.remove(place);
    }
  }

  /** The system writes such names with digits, which run into those of the name itself. */
  @ParameterizedTest
  @ValueSource(strings = {"disk 1", "disk x", "disk\\1"})
  void closesMountsWithStrangeNames(String name) throws Exception {
    Path disk = Files.createDirectory(folder.resolve(name));

    assertThat(
            beneath(
                "mount -n -t tmpfs tmpfs \"$DISK\"", disk, "echo inside; echo x > \"$DISK/file\""))
        .startsWith("inside\n")
        .contains("Read-only");
  }

  /** As on every machine with systemd, which mounts below /proc/sys; and as somebody may. */
  @Test
  void livesWithMountsInMounts() throws Exception {
    Path disk = Files.createDirectory(home.workspace().resolve("disk"));

    assertThat(
            beneath(
                "mount -n -t tmpfs tmpfs \"$DISK\"; mount -n -t tmpfs tmpfs /proc/sys/fs",
                disk,
                "echo x > \"$DISK/file\" && echo wrote"))
        .isEqualTo("wrote\n");
  }

  /** Runs confined on a machine with further mounts. */
  private String beneath(String mounts, Path disk, String script) throws Exception {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("unshare", "--user", "--map-root-user", "--mount"));
    words.addAll(List.of("sh", "-ec", mounts + "; exec \"$@\"", "sh"));
    words.addAll(confinement.prefix("0", "0"));
    words.addAll(List.of("sh", "-c", script));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("DISK", disk.toString());
    return said(builder.directory(home.root().toFile()).start());
  }

  @Test
  void keepsTheProcessThatWasStarted() throws Exception {
    List<String> words = new ArrayList<>(confinement.prefix());
    words.addAll(List.of("sh", "-c", "echo $$"));
    Process process = new ProcessBuilder(words).start();

    assertThat(said(process)).isEqualTo(process.pid() + "\n");
  }

  @ParameterizedTest
  @MethodSource("users")
  void keepsHoldOfWhatWantsToLeave(User user) throws Exception {
    own(user);

    List<String> said =
        run(
                user,
                true,
                "unshare --user true && echo left;"
                    + " (setsid sleep 600 < /dev/null > /dev/null 2>&1 & echo began $!)")
            .lines()
            .toList();

    assertThat(said).doesNotContain("left").last().asString().startsWith("began ");
    long pid = Long.parseLong(said.getLast().substring("began ".length()));
    ProcessIdentity stray = ProcessIdentity.of(pid).orElseThrow();
    assertThat(new Orphans(home).kill(WorkersPart.NAME, Duration.ofSeconds(10))).isTrue();
    assertThat(stray.isAlive()).isFalse();
    assertThat(neighbour.isAlive()).isTrue();
  }

  @Test
  void saysWhyItCannot() {
    Confinement impossible =
        new Confinement(List.of(folder.resolve("not there")), List.of(home.secrets()), List.of());

    assertThat(impossible.obstacle().orElseThrow()).contains("not there");
  }

  /** The installation lies beside the home, as `kernel.jar` does here. */
  @ParameterizedTest
  @CsvSource({
    "., a home",
    "a home, a home",
    "a home/link to all, a home",
    "installation, installation",
    "a home/data/postgres/workspace, data/postgres"
  })
  void refusesAWorkspaceThatHoldsWhatIsClosed(String workspace, String named) throws IOException {
    Files.createDirectories(folder.resolve("installation"));
    Files.createSymbolicLink(home.root().resolve("link to all"), folder);
    Path path = Files.createDirectories(folder.resolve(workspace).normalize());

    assertThat(confinement("workspace.path: '" + path + "'").obstacle().orElseThrow())
        .contains(named);
  }

  /** The workers read it, wherever the owner has put it. */
  @Test
  void coversNoPlaceThatHoldsAModelScript() throws IOException {
    assertThat(confinement("").prefix()).contains("covered").doesNotContain("open");
    assertThat(confinement("model.script: /run/kodo/answers.yml").prefix())
        .contains("open")
        .doesNotContain("covered");
  }

  private Confinement confinement(String settings) throws IOException {
    Files.writeString(home.config(), settings);
    return Confinement.ofWorkers(
        home,
        Config.load(home),
        new Installation(folder.resolve("installation"), folder.resolve("workers.jar")));
  }

  static Stream<User> users() {
    return Stream.of(User.values()).filter(user -> user == User.SELF || isRoot());
  }

  /** What must not change: all files but the workspace, with their contents and permissions. */
  private String state() throws IOException {
    StringBuilder state = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().toList()) {
        if (!file.startsWith(home.workspace())) {
          state.append(file).append(' ');
          state.append(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
          state.append(Files.isRegularFile(file) ? Files.readString(file) : "").append('\n');
        }
      }
    }
    return state.toString();
  }

  /** As if Kodo were that user's: all of it belongs to the user, secrets included. */
  private void own(User user) throws Exception {
    if (user == User.ORDINARY) {
      run(User.SELF, false, "chown -R " + NOBODY + ":" + NOBODY + " ..");
      neighbour.destroyForcibly().waitFor();
      ProcessBuilder kernel = new ProcessBuilder(as(user, List.of("sleep", "600")));
      kernel.environment().put("PROVIDER_KEY", SECRET);
      neighbour = kernel.directory(home.root().toFile()).start();
    }
  }

  private static List<String> as(User user, List<String> program) {
    List<String> words = new ArrayList<>();
    if (user == User.ORDINARY) {
      words.addAll(
          List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--"));
    }
    words.addAll(program);
    return words;
  }

  private String run(User user, boolean confined, String script) throws Exception {
    List<String> words = new ArrayList<>();
    if (confined) {
      words.addAll(user == User.SELF ? confinement.prefix() : confinement.prefix(NOBODY, NOBODY));
    }
    words.addAll(List.of("/bin/sh", "-c", script));
    ProcessBuilder builder = new ProcessBuilder(as(user, words)).redirectErrorStream(true);
    builder.environment().put("NEIGHBOUR", Long.toString(neighbour.pid()));
    return said(builder.directory(home.root().toFile()).start());
  }

  private static String said(Process process) throws Exception {
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  private static String self() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
  }

  private static boolean isRoot() {
    try {
      return self().equals("0");
    } catch (IOException e) {
      return false;
    }
  }
}
