package dev.kodo.kernel.workers;

import java.nio.file.Path;

/**
 * How the workers reach the models: through the guard alone.
 *
 * @param models the content of the file that tells them which models there are
 */
public record GuardAddress(int port, String token, Path file, String models) {
  public String address() {
    return "http://127.0.0.1:" + port;
  }

  /** Never shows the token. */
  @Override
  public String toString() {
    return address();
  }
}
