package dev.kodo.kernel.constitution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.kernel.Kodo;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConstitutionTest {
  @TempDir Path folder;

  @Test
  void holdsTheThreeLawsAndNothingThatATerminalOrAModelCouldMisread() {
    Constitution constitution = Constitution.verified();

    assertThat(constitution.text())
        .startsWith("THE CONSTITUTION OF KODO\nLayer 0.")
        .contains("I. Do no harm.", "II. Earn your existence.", "III. Do not lie")
        .endsWith("light.\n")
        .matches("[\\x20-\\x7e\\n]+");
    assertThat(constitution.bytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(constitution.text());
  }

  @Test
  void refusesEveryAlteredByte() {
    byte[] original = Constitution.verified().bytes();
    for (int i = 0; i < original.length; i++) {
      byte[] altered = original.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> Constitution.verified(altered))
          .as("byte %d", i)
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> assertThat(problem.code()).isEqualTo(ProblemCode.CONSTITUTION_ALTERED));
    }
    assertThatThrownBy(() -> Constitution.verified(new byte[0])).isInstanceOf(Problem.class);
  }

  @Test
  void givesItsBytesAwayAsACopy() {
    Constitution constitution = Constitution.verified();

    constitution.bytes()[0] = 'X';

    assertThat(constitution.text()).startsWith("THE");
  }

  @Test
  void isCheckedByTheBuildAgainstTheSameHash() throws IOException {
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<requireFileChecksum>")
        .contains("<checksum>" + Constitution.SHA256 + "</checksum>");
  }

  @Test
  void keepsTheKernelFromStartingWhenItIsAltered() throws Exception {
    Path altered = folder.resolve("classes/dev/kodo/kernel/constitution/constitution.txt");
    Files.createDirectories(altered.getParent());
    Files.writeString(
        altered, Constitution.verified().text().replace("I do not act;", "I may act;"));
    String classPath =
        folder.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                Kodo.class.getName(),
                "up"));
    Path home = folder.resolve("home");
    builder.environment().put("KODO_HOME", home.toString());
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(text).contains("CONSTITUTION_ALTERED").contains(Constitution.SHA256);
    assertThat(home).doesNotExist();
  }
}
