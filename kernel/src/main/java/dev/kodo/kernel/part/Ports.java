package dev.kodo.kernel.part;

import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;

/** Are the ports free that a part will listen on? */
public final class Ports {
  private Ports() {}

  /** Throws a problem that names the port and the key to change, at the first one in the way. */
  public static void requireFree(Map<String, Integer> ports) {
    ports.forEach(
        (key, port) ->
            obstacle(key, port)
                .ifPresent(
                    problem -> {
                      throw problem;
                    }));
  }

  /** Why nothing could listen on this port now; empty when it is free. */
  public static Optional<Problem> obstacle(String key, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(problem(key, port, e, answers(port)));
    }
  }

  static Problem problem(String key, int port, IOException e, boolean answers) {
    String reason = String.valueOf(e.getMessage());
    if (answers || reason.contains("in use")) {
      return new Problem(
          ProblemCode.PORT_TAKEN,
          "Expected port " + port + " to be free, but another program listens on it.",
          "Stop that program, or set `" + key + "` in kodo.yml to another port.",
          e);
    }
    return new Problem(
        ProblemCode.CONFIG_BAD_VALUE,
        "Expected to be able to listen on port " + port + ", but: " + reason + ".",
        "Set `"
            + key
            + "` in kodo.yml to another port; many systems permit an ordinary user none"
            + " below 1024.",
        e);
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }
}
