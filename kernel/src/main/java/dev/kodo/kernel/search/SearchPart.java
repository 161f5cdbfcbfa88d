package dev.kodo.kernel.search;

import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.http.HttpAnswer;
import dev.kodo.kernel.http.HttpCall;
import dev.kodo.kernel.part.Backoff;
import dev.kodo.kernel.part.Part;
import dev.kodo.kernel.part.PartCommand;
import dev.kodo.kernel.part.Timing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The search engine that Operate and Tasklist read: one OpenSearch node on loopback. */
public final class SearchPart implements Part {
  public static final String NAME = "search";
  private static final Timing TIMING =
      new Timing(
          Duration.ofSeconds(180),
          Duration.ofSeconds(20),
          Duration.ofSeconds(90),
          Duration.ofSeconds(30),
          Backoff.DEFAULT);

  private final SearchLibraries libraries;
  private final Path jar;
  private final SearchFolder folder;
  private final SearchPorts ports;
  private final String memory;
  private final OldIndices old;
  private boolean prepared;

  /**
   * The part for these files.
   *
   * @param jar the program that starts it
   * @param folder of its files, created on the first start
   * @param memory Java heap, such as 384m
   * @param kept how long Operate can show what has ended
   */
  public SearchPart(
      SearchLibraries libraries,
      Path jar,
      SearchFolder folder,
      SearchPorts ports,
      String memory,
      Duration kept,
      Clock clock) {
    this.libraries = libraries;
    this.jar = jar;
    this.folder = folder;
    this.ports = ports;
    this.memory = memory;
    this.old = new OldIndices(ports.address(), kept, clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Its own logging would write files beside the one log of each part. */
  @Override
  public void prepare() throws IOException {
    Path settings = Files.createDirectories(folder.path().resolve("node_1/config"));
    AtomicFile.writeVolatile(settings.resolve("log4j2.properties"), loggingSettings());
  }

  private static String loggingSettings() throws IOException {
    try (InputStream stream = SearchPart.class.getResourceAsStream("log4j2.properties")) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public PartCommand command() throws IOException {
    List<String> words =
        List.of(
            Installation.java().toString(),
            "-Xmx" + memory,
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dfile.encoding=UTF-8",
            "-Djava.io.tmpdir=" + temporaryFiles(),
            "-classpath",
            jar + ":" + libraries.folder() + "/*",
            "dev.kodo.search.SearchEngine",
            folder.path().toString(),
            Integer.toString(ports.http()),
            Integer.toString(ports.transport()));
    Map<String, String> variables = new HashMap<>();
    variables.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    variables.put("HOME", folder.path().toString());
    variables.put("LC_ALL", "C.UTF-8");
    String build = Files.size(jar) + " " + Files.getLastModifiedTime(jar);
    return new PartCommand(words, variables, folder.path(), build);
  }

  @Override
  public Optional<Path> scratch() {
    return Optional.of(temporaryFiles());
  }

  private Path temporaryFiles() {
    return folder.path().resolve("tmp");
  }

  /** OpenSearch 2.19 drops every second request of a client that asks it to close. */
  static HttpAnswer send(HttpCall call) throws IOException {
    return call.withoutClose().send();
  }

  /** A search over everything: it fails while an index that is there cannot be read. */
  @Override
  public void check() throws IOException {
    HttpAnswer answer = send(HttpCall.get(ports.address() + "/_search?size=0"));
    if (!answer.isOk() || answer.json().path("_shards").path("failed").asInt() > 0) {
      throw new IOException(
          "Expected the search engine to search, but it answered "
              + answer.status()
              + ": "
              + answer.excerpt());
    }
    if (!prepared) {
      new LockedUsers(ports.address()).apply();
      prepared = true;
    }
    folder.use();
    removeWhatIsOld();
  }

  /** A search engine that still searches is not ill; an hour later it is tried again. */
  private void removeWhatIsOld() {
    try {
      old.removeNowAndThen();
    } catch (IOException e) {
      System.err.println("Kodo: Operate's old records stay for now. " + e.getMessage());
    }
  }

  @Override
  public Timing timing() {
    return TIMING;
  }

  @Override
  public Map<String, Integer> ports() {
    return ports.byKey();
  }
}
