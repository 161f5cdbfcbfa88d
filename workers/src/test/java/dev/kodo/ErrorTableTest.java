package dev.kodo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.testing.SourceTree;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every code has its row in docs/errors.md, and every row has a code behind it. */
class ErrorTableTest {
  private static final SourceTree TREE = SourceTree.find();
  private static final String BODY = "workers/src/main/java/dev/kodo/";
  private static final String PROBLEM = "kernel/src/main/java/dev/kodo/kernel/problem/";

  static Stream<Arguments> areas() {
    return Stream.of(
        area(
            "On the diagrams",
            ErrorTables.constants(TREE.read(BODY + "process/ErrorCode.java"), "ErrorCode")),
        area("On a heartbeat", ErrorTables.literals(TREE.readJava(BODY + "heartbeat"))),
        area(
            "In the workspace",
            ErrorTables.constants(TREE.read(BODY + "workspace/WorkspaceException.java"), "Code")),
        area("From the HTTP API", ErrorTables.literals(TREE.readJava(BODY + "api"))),
        area(
            "From the command line",
            ErrorTables.constants(TREE.read(PROBLEM + "ProblemCode.java"), "ProblemCode")),
        area("Exit codes", ErrorTables.numbers(TREE.read(PROBLEM + "ExitCode.java"))));
  }

  private static Arguments area(String section, Set<String> codes) {
    return Arguments.of(section, codes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("areas")
  void explainsExactlyTheCodesThatExist(String section, Set<String> codes) {
    assertThat(codes).as("codes in the sources").hasSizeGreaterThanOrEqualTo(3);
    assertThat(ErrorTables.rows(TREE.read("docs/errors.md"), section))
        .containsExactlyInAnyOrderElementsOf(codes);
  }

  @Test
  void noticesACodeWithoutARow() {
    String source = TREE.read(BODY + "process/ErrorCode.java");
    String planted =
        source.replace("  WORKSPACE_UNWRITABLE", "  HEART_STOPPED,\n  WORKSPACE_UNWRITABLE");

    Set<String> codes = ErrorTables.constants(planted, "ErrorCode");

    assertThat(codes).contains("HEART_STOPPED", "WORKSPACE_UNWRITABLE");
    assertThat(ErrorTables.rows(TREE.read("docs/errors.md"), "On the diagrams"))
        .doesNotContain("HEART_STOPPED");
  }

  @Test
  void noticesAnApiCodeWhereverItIsWritten() {
    String planted =
        "return new ApiError(\n        \"HEART_STOPPED\", \"It stopped.\", \"Start it.\");";

    assertThat(ErrorTables.literals(planted)).containsExactly("HEART_STOPPED");
  }

  @Test
  void noticesARowWithoutACode() {
    String page =
        "\n## On the diagrams\n\n| code |\n|---|\n| `HEART_STOPPED` | a | b |\n\n## Next\n\n| `X_Y` |";

    assertThat(ErrorTables.rows(page, "On the diagrams")).containsExactly("HEART_STOPPED");
  }

  @Test
  void takesNoWordsOfAnArgumentForAConstant() {
    String source =
        "public enum ProblemCode {\n  /** NOT, ME */\n  PORT_TAKEN(ExitCode.FAILED, \"A, B (C)\", \"D\"),\n"
            + "  UNEXPECTED(ExitCode.OK, \"E\", \"F\");\n  static final int LIMIT = 1;\n}";

    assertThat(ErrorTables.constants(source, "ProblemCode"))
        .containsExactly("PORT_TAKEN", "UNEXPECTED");
  }
}
