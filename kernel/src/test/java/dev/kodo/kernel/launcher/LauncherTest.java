package dev.kodo.kernel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script, with JDKs and a Maven that only say how they were called. */
class LauncherTest {
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "readlink",
          "dirname",
          "find",
          "head",
          "mkdir",
          "cat",
          "rm",
          "sleep",
          "grep",
          "tail",
          "cksum",
          "tr",
          "mv",
          "cp",
          "touch",
          "sed",
          "awk",
          "env");

  @TempDir Path folder;

  private Path root;
  private Path jvms;
  private Path bin;
  private Path home;

  record Run(int exit, String out, String err) {}

  @BeforeEach
  void install() throws IOException {
    root = Files.createDirectories(folder.resolve("clone with blank"));
    jvms = Files.createDirectories(folder.resolve("jvms"));
    home = folder.resolve("home");
    bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool : TOOLS) {
      Path real = Path.of("/usr/bin", tool);
      Files.createSymbolicLink(
          bin.resolve(tool), Files.exists(real) ? real : Path.of("/bin", tool));
    }
    executable(root.resolve("kodo"), Files.readString(Path.of("..", "kodo")));
    Files.writeString(root.resolve("pom.xml"), "");
    for (String module : List.of("kernel", "exporter", "search", "workers")) {
      Files.createDirectories(root.resolve(module + "/src/main/java"));
      Files.writeString(root.resolve(module + "/pom.xml"), "");
    }
  }

  @Test
  void takesTheNewestSuitableJdkOfTheUsualFolders() throws Exception {
    built();
    jdk("jdk-17", "17.0.9", true);
    jdk("jdk-21", "21.0.1", true);
    jdk("jdk-25", "25.0.3", true);
    jdk("jre-26", "26", false);

    Run run = kodo(Map.of(), "version");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("java of jdk-25").contains("version");
  }

  @Test
  void prefersJavaHomeAndThenThePath() throws Exception {
    built();
    Path chosen = jdk("jdk-21", "21", true);
    Path onPath = jdk("jdk-23", "23.0.1", true);
    jdk("jdk-25", "25", true);

    assertThat(kodo(Map.of("JAVA_HOME", chosen.toString()), "version").out())
        .contains("java of jdk-21");

    Files.createSymbolicLink(bin.resolve("java"), onPath.resolve("bin/java"));
    assertThat(kodo(Map.of(), "version").out()).contains("java of jdk-23");
  }

  @Test
  void passesOverAJavaHomeThatIsTooOld() throws Exception {
    built();
    Path old = jdk("jdk-8", "1.8.0_392", true);
    jdk("jdk-21", "21", true);

    assertThat(kodo(Map.of("JAVA_HOME", old.toString()), "version").out())
        .contains("java of jdk-21");
  }

  @Test
  void saysInOneSentenceWhatToInstall() throws Exception {
    jdk("jdk-17", "17.0.9", true);

    Run run = kodo(Map.of(), "up");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("needs a JDK of version 21").contains("Install one");
    assertThat(run.err().lines()).hasSize(2);
  }

  @Test
  void worksThroughLinksAndFromAnyFolder() throws Exception {
    built();
    jdk("jdk-21", "21", true);
    Path link = Files.createSymbolicLink(folder.resolve("one"), root.resolve("kodo"));
    Path second = Files.createSymbolicLink(folder.resolve("two"), link);

    Run run = start(second, Map.of(), "status");

    assertThat(run.out()).contains("-Dkodo.installation=" + root.toRealPath());
  }

  @Test
  void saysThatMavenIsMissingWhenItHasToBuild() throws Exception {
    jdk("jdk-21", "21", true);

    Run run = kodo(Map.of(), "status");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("Maven is needed");
    assertThat(root.resolve(".kodo-build.lock")).doesNotExist();
  }

  @Test
  void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
    jdk("jdk-21", "21", true);
    maven(buildsTheJars(), 0);

    Run first = kodo(Map.of(), "status");
    Run second = kodo(Map.of(), "status");
    Path source = Files.writeString(root.resolve("workers/src/main/java/A.java"), "class A {}");
    Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    Run question = kodo(Map.of(), "status");
    Run withinATest = kodo(Map.of("KODO_BUILD", "never"), "up");
    Run start = kodo(Map.of(), "up");

    assertThat(first.err()).contains("✓ Build");
    assertThat(second.err()).isEmpty();
    assertThat(question.err()).as("a question never rebuilds what may be running").isEmpty();
    assertThat(withinATest.err()).isEmpty();
    assertThat(start.err()).contains("✓ Build");
    assertThat(home).as("a question creates no home folder").doesNotExist();
  }

  @Test
  void buildsTheSearchEngineOnlyForOperate() throws Exception {
    jdk("jdk-21", "21", true);
    Path words = folder.resolve("maven.words");
    maven("echo \"$*\" > '" + words + "'; " + buildsTheJars(), 0);

    Run plain = kodo(Map.of(), "up", "-d");
    assertThat(plain.err()).contains("✓ Build");
    assertThat(words).content().contains("-pl !search");

    Path source = Files.writeString(root.resolve("search/src/main/java/A.java"), "class A {}");
    Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    Files.delete(words);
    assertThat(kodo(Map.of(), "up", "-d").err()).isEmpty();
    assertThat(words).doesNotExist();

    assertThat(kodo(Map.of(), "up", "-d", "--operate").err()).contains("✓ Build");
    assertThat(words).content().doesNotContain("search");
  }

  @Test
  void showsTheErrorsOfAFailedBuild() throws Exception {
    jdk("jdk-21", "21", true);
    maven("echo '[ERROR] Foo.java:[3,1] ; expected'", 1);

    Run run = kodo(Map.of(), "status");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("; expected").contains("build.log");
    assertThat(root.resolve(".kodo-build.lock")).doesNotExist();
  }

  @Test
  void removesTheLockOfABuildThatWasKilled() throws Exception {
    jdk("jdk-21", "21", true);
    maven(buildsTheJars(), 0);
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    lockedBy(gone.pid() + "\n");

    assertThat(kodo(Map.of(), "status").err()).contains("✓ Build");
  }

  @ParameterizedTest
  @ValueSource(strings = {"panic", "down", "status"})
  void answersAtOnceWhileAnotherBuildRuns(String command) throws Exception {
    built();
    jdk("jdk-21", "21", true);
    Files.delete(root.resolve("workers/target/kodo-workers.jar"));
    lockedBy(ProcessHandle.current().pid() + "\n");

    Run run = kodo(Map.of(), command);

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("java of jdk-21").contains(command);
    assertThat(run.err()).isEmpty();
    assertThat(Files.exists(home.resolve("run/panic"))).isEqualTo(command.equals("panic"));
  }

  @Test
  void waitsForNobodyOnlyToStartFaster() throws Exception {
    built();
    jdk("jdk-21", "21", true);
    lockedBy(ProcessHandle.current().pid() + "\n");

    assertThat(kodo(Map.of(), "beat").err()).isEmpty();
    assertThat(root.resolve(".kodo-build.lock/pid")).exists();
  }

  @Test
  void raisesThePanicFlagAlsoWithoutAnyJdk() throws Exception {
    assertThat(kodo(Map.of(), "panic").exit()).isEqualTo(3);
    assertThat(home.resolve("run/panic")).exists();
  }

  @Test
  void saysAtOnceThatItMayNotBuildHere() throws Exception {
    jdk("jdk-21", "21", true);
    maven(buildsTheJars(), 0);
    Path mkdir = bin.resolve("mkdir").toRealPath();
    Files.delete(bin.resolve("mkdir"));
    executable(
        bin.resolve("mkdir"),
        "#!/usr/bin/env bash\ncase $* in *build.lock) exit 1 ;; esac\nexec " + mkdir + " \"$@\"\n");

    Run build = kodo(Map.of(), "up");
    built();
    Run use = kodo(Map.of(), "beat");

    assertThat(build.exit()).isEqualTo(1);
    assertThat(build.err()).contains("cannot be taken");
    assertThat(use.out()).contains("java of jdk-21");
    assertThat(use.err()).isEmpty();
  }

  @Test
  void takesOverALockWhoseMakerWasKilledBeforeItCouldSign() throws Exception {
    jdk("jdk-21", "21", true);
    maven(buildsTheJars(), 0);
    Files.delete(bin.resolve("sleep"));
    executable(bin.resolve("sleep"), "#!/usr/bin/env bash\n");
    lockedBy("");

    assertThat(kodo(Map.of(), "up").err()).contains("✓ Build");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "test"})
  void endsMavenTogetherWithItself(String command) throws Exception {
    jdk("jdk-21", "21", true);
    Path pid = folder.resolve("maven.pid");
    maven("echo $$ > '" + pid + "'; exec sleep 300", 0);
    Process launcher = process(root.resolve("kodo"), Map.of(), command).start();
    await("Maven runs").until(() -> Files.exists(pid) && Files.size(pid) > 1);
    long maven = Long.parseLong(Files.readString(pid).strip());

    launcher.destroy();

    assertThat(launcher.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(ProcessHandle.of(maven).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(root.resolve(".kodo-build.lock")).doesNotExist();
  }

  @Test
  void keepsTheArchivesOfOtherJdksThatFitTheJar() throws Exception {
    built();
    jdk("jdk-21", "21", true);
    Path target = root.resolve("kernel/target");
    Path old = Files.writeString(target.resolve("kodo-24-1.jsa"), "");
    Files.setLastModifiedTime(old, FileTime.fromMillis(1_000));
    Path other = Files.writeString(target.resolve("kodo-25-1.jsa"), "");
    Files.setLastModifiedTime(other, FileTime.fromMillis(System.currentTimeMillis() + 60_000));

    kodo(Map.of(), "beat");

    assertThat(other).exists();
    assertThat(old).doesNotExist();
  }

  @Test
  void makesRelativeFoldersAbsolute() throws Exception {
    built();
    executable(
        jdk("jdk-21", "21", true).resolve("bin/java"),
        "#!/bin/sh\necho \"$KODO_HOME and $KODO_CACHE\"\n");

    Run run = kodo(Map.of("KODO_HOME", "my home", "KODO_CACHE", "../cache"), "beat");

    assertThat(run.out()).isEqualTo(folder + "/my home and " + folder + "/../cache\n");
  }

  @Test
  void sumsTheTestCountsAndKeepsTheExitCodeOfMaven() throws Exception {
    jdk("jdk-21", "21", true);
    maven(
        report("kernel/target/surefire-reports", "a", 10, 1, 1, 2)
            + report("workers/target/failsafe-reports", "b", 5, 0, 0, 1)
            + "echo maven got \"$@\"",
        1);

    Run run = kodo(Map.of(), "test", "--fast", "-pl", "kernel");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("maven got -B test -DskipITs -DexcludedGroups=slow -DforkCount=3 -pl kernel")
        .endsWith("\n10 passed, 2 failed, 3 skipped\n");
  }

  @Test
  void forgetsTheReportsOfEarlierRunsAndFailsWithoutAnyTest() throws Exception {
    jdk("jdk-21", "21", true);
    Path old = Files.createDirectories(root.resolve("kernel/target/surefire-reports"));
    Files.writeString(old.resolve("TEST-old.xml"), "<testsuite tests=\"3\">");
    maven("true", 0);

    Run run = kodo(Map.of(), "test");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).endsWith("0 passed, 0 failed, 0 skipped\n");
    assertThat(run.err()).contains("at least one test");
  }

  private void built() throws IOException {
    for (String module : List.of("kernel", "exporter", "search", "workers")) {
      Path target = Files.createDirectories(root.resolve(module + "/target"));
      Files.writeString(target.resolve("kodo-" + module + ".jar"), "jar");
    }
  }

  private Path jdk(String name, String version, boolean compiler) throws IOException {
    Path jdk = Files.createDirectories(jvms.resolve(name));
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    executable(jdk.resolve("bin/java"), "#!/bin/sh\necho \"java of " + name + " $*\"\n");
    if (compiler) {
      executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    }
    return jdk;
  }

  private void maven(String body, int exit) throws IOException {
    executable(bin.resolve("mvn"), "#!/usr/bin/env bash\n" + body + "\nexit " + exit + "\n");
  }

  private static String buildsTheJars() {
    return "for m in kernel exporter search workers; do mkdir -p $m/target; echo jar > $m/target/kodo-$m.jar; done";
  }

  private static String report(
      String folder, String name, int tests, int failures, int errors, int skipped) {
    return "mkdir -p "
        + folder
        + "\nprintf '%s\\n' '<?xml version=\"1.0\"?>' '<testsuite xmlns:x=\"y\" name=\"tests=\"'"
        + " 'time=\"1\" tests=\""
        + tests
        + "\" errors=\""
        + errors
        + "\" skipped=\""
        + skipped
        + "\" failures=\""
        + failures
        + "\"><testcase name=\"t\"/></testsuite>' > "
        + folder
        + "/TEST-"
        + name
        + ".xml\n";
  }

  private Run kodo(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    return start(root.resolve("kodo"), variables, arguments);
  }

  private Run start(Path script, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    Process process = process(script, variables, arguments).start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as("nothing waits here").isTrue();
    return new Run(
        process.exitValue(),
        Files.readString(out(), StandardCharsets.UTF_8),
        Files.readString(err(), StandardCharsets.UTF_8));
  }

  private ProcessBuilder process(Path script, Map<String, String> variables, String... arguments) {
    List<String> words = new ArrayList<>(List.of(script.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("KODO_HOME", home.toString());
    builder.environment().put("KODO_JVM_FOLDERS", jvms.toString());
    builder.environment().putAll(variables);
    return builder.redirectOutput(out().toFile()).redirectError(err().toFile());
  }

  private Path out() {
    return folder.resolve("out.txt");
  }

  private Path err() {
    return folder.resolve("err.txt");
  }

  private void lockedBy(String pid) throws IOException {
    Path lock = Files.createDirectories(root.resolve(".kodo-build.lock"));
    Files.writeString(lock.resolve("pid"), pid);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
