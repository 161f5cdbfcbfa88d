package dev.kodo.kernel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAccessTest {
  @TempDir Path folder;

  @Test
  void givesTheGuardAUserOfItsOwnAtAnExternalServer() throws IOException {
    Config config = config("keeper", "KEEPER_PASSWORD");

    DatabaseAccess access =
        DatabaseAccess.externalGuard(config, Map.of("KEEPER_PASSWORD", "secret"));

    assertThat(access.user()).isEqualTo("keeper");
    assertThat(access.password()).isEqualTo("secret");
    assertThat(access.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "'', KEEPER_PASSWORD, database.guard-user",
    "body, KEEPER_PASSWORD, database.guard-user",
    "keeper, '', database.guard-password-env"
  })
  void refusesAGuardThatTheBodyCouldPoseAs(String user, String variable, String key)
      throws IOException {
    Config config = config(user, variable);

    assertThatThrownBy(() -> DatabaseAccess.externalGuard(config, Map.of()))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.next()).contains("docs/operations.md"))
        .hasMessageContaining("`" + key + "`");
  }

  private Config config(String guard, String variable) throws IOException {
    KodoHome home = new KodoHome(folder, folder.resolve("cache"));
    Files.writeString(
        home.config(),
        """
        database.url: jdbc:postgresql://db:5432/kodo
        database.user: body
        database.guard-user: "%s"
        database.guard-password-env: "%s"
        """
            .formatted(guard, variable));
    return Config.load(home);
  }

  /** A program that took the port of a server which has ended, and asks for the password. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void tellsNoPasswordToWhoeverListensHere(String host) throws Exception {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    try (ServerSocket thief = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread listening = Thread.ofPlatform().start(() -> askForThePassword(thief, heard));
      DatabaseAccess access =
          new DatabaseAccess(
              "jdbc:postgresql://" + host + ":" + thief.getLocalPort() + "/kodo", "u", "s3cret-pw");

      assertThatThrownBy(access::connect)
          .isInstanceOf(SQLException.class)
          .hasStackTraceContaining("SCRAM");
      listening.join();
    }
    assertThat(heard.toString(StandardCharsets.ISO_8859_1))
        .contains("kodo")
        .doesNotContain("s3cret-pw");
  }

  private static void askForThePassword(ServerSocket server, OutputStream heard) {
    try (Socket client = server.accept()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      byte[] first = in.readNBytes(in.readInt() - 4);
      if (first.length == 4) {
        out.writeByte('N'); // No encryption.
        first = in.readNBytes(in.readInt() - 4);
      }
      heard.write(first);
      out.writeByte('R');
      out.writeInt(8);
      out.writeInt(3);
      in.transferTo(heard);
    } catch (IOException gone) {
      // It learned what it could.
    }
  }
}
