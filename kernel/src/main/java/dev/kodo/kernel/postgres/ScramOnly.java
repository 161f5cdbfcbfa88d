package dev.kodo.kernel.postgres;

import java.util.Properties;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Proves that it knows the password, and never tells it: another program may listen in the place of
 * a server on this machine that has ended, and the driver would send the password in clear text to
 * whoever asks for it so.
 */
public final class ScramOnly implements AuthenticationPlugin {
  private final String password;

  /** Made by the driver, with the properties of the connection. */
  public ScramOnly(Properties properties) {
    this.password = properties.getProperty("password", "");
  }

  @Override
  public char[] getPassword(AuthenticationRequestType type) throws PSQLException {
    if (type != AuthenticationRequestType.SASL) {
      throw new PSQLException(
          "Expected the server to ask for a proof by SCRAM-SHA-256, but it asks for the password"
              + " itself ("
              + type
              + ")",
          PSQLState.CONNECTION_REJECTED);
    }
    return password.toCharArray();
  }
}
