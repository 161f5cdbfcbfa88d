package dev.kodo.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTokenTest {
  @TempDir Path secrets;

  @Test
  void isMadeOnceAndLeavesNoKeyWithWhichSomebodyCouldSignAnotherOne() throws IOException {
    EngineToken token = EngineToken.obtain(secrets);

    assertThat(EngineToken.obtain(secrets)).isEqualTo(token);
    assertThat(EngineToken.read(secrets)).contains(token.text());
    assertThat(mode(secrets.resolve("operate-token"))).isEqualTo("rw-------");
    assertThat(mode(token.publicKey())).as("the doctor asks for it").isEqualTo("rw-------");
    assertThat(token.publicKey()).content().startsWith("-----BEGIN PUBLIC KEY-----");
    assertThat(token.toString()).doesNotContain(token.text());
    try (Stream<Path> files = Files.list(secrets)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("operate-token", "operate-token.pub");
    }
    String[] words = token.text().split("\\.", -1);
    assertThat(words).hasSize(3);
    assertThat(new String(Base64.getUrlDecoder().decode(words[1]), StandardCharsets.UTF_8))
        .as("what Operate compares with its settings")
        .contains("\"aud\":[\"kodo\"]")
        .contains("\"https://camunda.com/clusterId\":\"kodo\"");
  }

  @Test
  void isMadeAnewWhereTokenAndKeyDoNotBelongTogether() throws IOException {
    EngineToken first = EngineToken.obtain(secrets);
    Files.writeString(first.publicKey(), "-----BEGIN");

    EngineToken second = EngineToken.obtain(secrets);
    assertThat(second.text()).isNotEqualTo(first.text());
    assertThat(second.publicKey()).content().contains("-----END PUBLIC KEY-----");

    Files.writeString(secrets.resolve("operate-token"), first.text() + "\n");
    EngineToken third = EngineToken.obtain(secrets);
    assertThat(third.text()).isNotEqualTo(first.text());

    Files.writeString(secrets.resolve("operate-token"), "cut off");
    assertThat(EngineToken.obtain(secrets).text()).isNotEqualTo("cut off");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
