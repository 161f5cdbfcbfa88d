package dev.kodo.kernel.engine;

import dev.kodo.kernel.home.Secrets;
import java.io.IOException;

/** The one user of Operate and Tasklist. */
public record EngineLogin(String user, String password) {
  public static final String USER = "kodo";

  /** The name of the file with the password. */
  public static final String SECRET = "operate";

  /** Makes the password on the first call. */
  public static EngineLogin obtain(Secrets secrets) throws IOException {
    return new EngineLogin(USER, secrets.obtain(SECRET));
  }

  @Override
  public String toString() {
    return user;
  }
}
