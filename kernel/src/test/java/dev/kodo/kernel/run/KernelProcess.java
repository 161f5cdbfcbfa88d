package dev.kodo.kernel.run;

import dev.kodo.kernel.Kodo;
import dev.kodo.kernel.Samples;
import dev.kodo.kernel.workers.StubWorkers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * The command line in JVMs of its own, with a real PostgreSQL, stub workers and no engine of its
 * own.
 */
final class KernelProcess {
  private final Path home;
  private final Path cache;

  record Result(int exit, String text) {}

  KernelProcess(Path home, Path cache) throws IOException {
    this.home = home;
    this.cache = cache;
    Files.createDirectories(home);
    Files.writeString(
        home.resolve("kodo.yml"),
        """
        engine.mode: external
        engine.external.grpc-address: http://127.0.0.1:1
        engine.external.rest-address: http://127.0.0.1:1
        model.provider: rehearsal
        database.port: %d
        api.port: %d
        guard.port: %d
        """
            .formatted(freePort(), freePort(), freePort()));
    stubJar(home.resolve("stub.jar"));
  }

  Result kodo(String... arguments) throws IOException, InterruptedException {
    return run(List.of(), arguments);
  }

  /** Like a full disk: files can be made and removed, but nothing can be written into them. */
  Result kodoWithoutRoom(String... arguments) throws IOException, InterruptedException {
    return run(List.of("/bin/sh", "-c", "ulimit -f 0; exec \"$@\"", "kodo"), arguments);
  }

  private Result run(List<String> before, String... arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(before);
    words.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Dstdout.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            Kodo.class.getName()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("KODO_HOME", home.toString());
    builder.environment().put("KODO_CACHE", cache.toString());
    builder.environment().put("KODO_WORKERS_JAR", home.resolve("stub.jar").toString());
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), text);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void stubJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StubWorkers.class.getName());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      put(out, StubWorkers.class.getName().replace('.', '/') + ".class");
      put(out, Samples.class.getName().replace('.', '/') + ".class");
      put(out, "dev/kodo/kernel/samples/status.json");
    }
  }

  private static void put(JarOutputStream out, String entry) throws IOException {
    try (InputStream content =
        Objects.requireNonNull(StubWorkers.class.getClassLoader().getResourceAsStream(entry))) {
      out.putNextEntry(new JarEntry(entry));
      content.transferTo(out);
    }
  }
}
