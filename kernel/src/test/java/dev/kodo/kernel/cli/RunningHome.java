package dev.kodo.kernel.cli;

import com.sun.net.httpserver.HttpServer;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.run.KernelLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A home in which this JVM plays the kernel, with workers that answer what the test says. */
final class RunningHome implements AutoCloseable {
  /** By request, such as {@code GET /api/decisions}. */
  final Map<String, String> answers = new ConcurrentHashMap<>();

  /** What came in: the request, a blank, and the body. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  private final KernelLock lock;
  private final HttpServer server;

  RunningHome(Path folder) throws IOException {
    KodoHome home = new KodoHome(folder, folder.resolve("cache"));
    lock = KernelLock.take(home);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
          String sent =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          requests.add(request + " " + sent);
          byte[] text = answers.getOrDefault(request, "").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answers.containsKey(request) ? 200 : 404, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    server.start();
    int port = server.getAddress().getPort();
    AtomicFile.write(
        home.stateFile(),
        """
        {"apiPort":%1$d,"guardPort":%1$d,"parts":[{"name":"workers","state":"healthy"}]}
        """
            .formatted(port));
    AtomicFile.writeSecret(home.secrets().resolve("guard-token"), "token");
    AtomicFile.writeSecret(home.secrets().resolve("api-token"), "token");
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    lock.close();
  }
}
