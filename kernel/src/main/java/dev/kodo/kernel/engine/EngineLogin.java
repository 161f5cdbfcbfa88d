package dev.kodo.kernel.engine;

import dev.kodo.kernel.home.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The one user of Operate and Tasklist, who may also use the REST interface. */
public record EngineLogin(String user, String password) {
  public static final String USER = "kodo";

  /** The name of the file with the password. */
  public static final String SECRET = "operate";

  /** Makes the password on the first call. */
  public static EngineLogin obtain(Secrets secrets) throws IOException {
    return new EngineLogin(USER, secrets.obtain(SECRET));
  }

  /** Empty when there is no password yet. */
  public static Optional<EngineLogin> read(Path secrets) throws IOException {
    return Secrets.read(secrets, SECRET).map(password -> new EngineLogin(USER, password));
  }

  @Override
  public String toString() {
    return user;
  }
}
