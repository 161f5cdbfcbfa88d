package dev.kodo.kernel.maven;

import dev.kodo.kernel.part.PartLauncher;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Fetches artifacts with Maven, so that the user's mirrors, proxies and local repository count. */
public final class MavenDownload {
  private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:";

  private static final long POLL_MILLIS = 50;

  private MavenDownload() {}

  /**
   * Copies one artifact into a folder, telling how far it is.
   *
   * @param artifact group, name, version and type with colons between
   */
  public static void artifact(String artifact, Path folder, Consumer<String> progress)
      throws IOException {
    fetch(
        artifact,
        folder,
        progress,
        List.of(
            PLUGIN + "copy",
            "-Dartifact=" + artifact,
            "-DoutputDirectory=" + folder,
            "-Dmdep.overWriteReleases=true"));
  }

  /**
   * Copies all libraries of a project into a folder, telling how far it is.
   *
   * @param what the project, for messages
   * @param pom its file, in the folder or elsewhere
   */
  public static void libraries(String what, Path pom, Path folder, Consumer<String> progress)
      throws IOException {
    fetch(
        what,
        folder,
        progress,
        List.of(
            "--file",
            pom.toString(),
            PLUGIN + "copy-dependencies",
            "-DincludeScope=runtime",
            "-DoutputDirectory=" + folder));
  }

  private static void fetch(
      String what, Path folder, Consumer<String> progress, List<String> arguments)
      throws IOException {
    Path maven =
        PartLauncher.onPath("mvn")
            .orElseThrow(
                () ->
                    new Problem(
                        ProblemCode.MAVEN_MISSING,
                        "Expected Maven on the PATH to fetch " + what + ", but there is no mvn."));
    List<String> words = new ArrayList<>(List.of(maven.toString()));
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.directory(folder.toFile()).redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    Thread ending = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      Deque<String> last = follow(process, progress);
      int exit = process.waitFor();
      if (exit != 0) {
        throw failed(what, exit, last);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("the download was interrupted", e);
    } finally {
      unhook(ending);
    }
  }

  private static void unhook(Thread ending) {
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException shuttingDown) {
      // Then the hook runs, and that is what it is for.
    }
  }

  private static Problem failed(String what, int exit, Deque<String> last) {
    String error =
        last.stream()
            .filter(line -> line.contains("ERROR"))
            .findFirst()
            .orElse(last.isEmpty() ? "" : last.getLast());
    return new Problem(
        ProblemCode.ENGINE_DOWNLOAD_FAILED,
        "Expected Maven to fetch " + what + ", but it ended with " + exit + ": " + error);
  }

  /** Maven separates progress lines by carriage returns; both kinds of line ends count here. */
  private static Deque<String> follow(Process process, Consumer<String> progress)
      throws IOException, InterruptedException {
    Deque<String> last = new ArrayDeque<>();
    StringBuilder line = new StringBuilder();
    try (Reader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      while (process.isAlive() || reader.ready()) {
        if (!reader.ready()) {
          Thread.sleep(POLL_MILLIS); // A blocking read could not be interrupted by Ctrl-C.
          continue;
        }
        int c = reader.read();
        if (c == '\n' || c == '\r') {
          take(line.toString(), last, progress);
          line.setLength(0);
        } else {
          line.append((char) c);
        }
      }
    }
    take(line.toString(), last, progress);
    return last;
  }

  private static void take(String line, Deque<String> last, Consumer<String> progress) {
    DownloadProgress.parse(line)
        .filter(DownloadProgress::isLarge)
        .ifPresent(known -> progress.accept(known.readable()));
    if (!line.isBlank() && !line.startsWith("Progress")) {
      last.addLast(line.strip());
      if (last.size() > 40) {
        last.removeFirst();
      }
    }
  }
}
