package dev.kodo.kernel.part;

import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Are the ports free that a part will listen on? */
public final class Ports {
  private Ports() {}

  /** Throws a problem that names the port and the key to change, at the first taken port. */
  public static void requireFree(Map<String, Integer> ports) {
    ports.forEach(
        (key, port) -> {
          if (!isFree(port)) {
            throw new Problem(
                ProblemCode.PORT_TAKEN,
                "Expected port " + port + " to be free, but another program listens on it.",
                "Stop that program, or set `" + key + "` in kodo.yml to another port.");
          }
        });
  }

  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
