package dev.kodo.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.testing.SourceTree;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ComposeFileTest {
  private static final Containers CONTAINERS = Containers.in(SourceTree.find());

  @Test
  void agreesWithTheRestOfTheRepository() {
    assertThat(CONTAINERS.violations()).isEmpty();
  }

  static Stream<Arguments> plantedViolations() {
    Containers ok = CONTAINERS;
    return Stream.of(
        planted("unpinned image", ok.withCompose("postgres:17.10", "postgres:17"), "not pinned"),
        planted("latest image", ok.withCompose("kodo:0.1.0", "kodo:latest"), "not pinned"),
        planted("other PostgreSQL", ok.withCompose("postgres:17.10", "postgres:16.9"), "16.9"),
        planted("other Camunda", ok.withCompose("camunda:8.8.21", "camunda:8.9.1"), "8.9.1"),
        planted("old Elasticsearch", ok.withCompose("search:8.17.10", "search:7.17.1"), "7.17.1"),
        planted("open port", ok.withCompose("127.0.0.1:8092:8080", "8092:8080"), "loopback"),
        planted("secret", ok.withCompose("${KODO_DATABASE_PASSWORD:-local-only}", "x"), "secret"),
        planted("unknown setting", ok.withCompose("password-env:", "pass-env:"), "pass-env"),
        planted("unread variable", ok.withCompose("KODO_HOME:", "KODO_HOUSE:"), "KODO_HOUSE"),
        planted(
            "missing variable",
            ok.withCompose("password-env: KODO_DATABASE_PASSWORD", "password-env: OTHER"),
            "OTHER"),
        planted("old JDK", ok.withDockerfile("temurin:25", "temurin:17"), "no JDK 21"),
        planted("newer release", ok.withPom("release>21<", "release>26<"), "no JDK 26"),
        planted("unpinned JDK", ok.withDockerfile("25.0.3_9-jdk-noble", "25"), "not pinned"),
        planted("root", ok.withDockerfile("\nUSER kodo\n", "\n"), "runs as root"),
        planted("no git", ok.withDockerfile("curl git ", "curl "), "no git"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plantedViolations")
  void findsAPlantedViolation(String what, Containers planted, String expected) {
    assertThat(planted.violations()).as(what).anySatisfy(v -> assertThat(v).contains(expected));
  }

  private static Arguments planted(String what, Containers containers, String expected) {
    return Arguments.of(what, containers, expected);
  }
}
