package dev.kodo.kernel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
