package dev.kodo.kernel.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProblemCodeTest {
  /** Two kernels that a service manager starts again would take the books from each other. */
  @Test
  void letsAServiceManagerTellTakenBooksFromAllElse() throws IOException {
    ExitCode taken = ProblemCode.BOOKS_TAKEN.exitCode();

    assertThat(Arrays.stream(ProblemCode.values()).filter(code -> code.exitCode() == taken))
        .containsExactly(ProblemCode.BOOKS_TAKEN);
    assertThat(Files.readString(Path.of("..", "docs", "operations.md")))
        .contains("RestartPreventExitStatus=" + taken.number());
  }
}
