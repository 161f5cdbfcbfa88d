package dev.kodo.kernel.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kodo.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockingTest {
  @TempDir Path folder;

  private final List<String> notices = new ArrayList<>();

  @Test
  void goesOnWithoutWhereTheMachineCannotAndSaysSo() throws IOException {
    assertThat(impossible().decide("auto", notices::add)).isEmpty();
    assertThat(notices).singleElement().asString().contains("not locked in", "holds");
  }

  @Test
  void doesNotStartWithoutWhereItMust() {
    assertThatThrownBy(() -> impossible().decide("always", notices::add))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("always");
  }

  @Test
  void doesNotComeFreeAgainByAFailure() throws IOException {
    Files.createDirectory(folder.resolve("open"));
    assumeTrue(possible().confinement().obstacle().isEmpty());
    assertThat(possible().decide("auto", notices::add)).isPresent();

    assertThatThrownBy(() -> impossible().decide("auto", notices::add))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("as before");
    assertThat(notices).isEmpty();
  }

  @Test
  void isFreeWhenTheOwnerSaysSo() throws IOException {
    Files.writeString(folder.resolve("before"), "");

    assertThat(possible().decide("never", notices::add)).isEmpty();
    assertThat(impossible().decide("auto", notices::add)).isEmpty();
  }

  private Locking possible() {
    return locking(List.of());
  }

  /** Its only writable folder holds what must stay closed. */
  private Locking impossible() {
    return locking(List.of(folder.resolve("open/closed")));
  }

  private Locking locking(List<Path> closed) {
    return new Locking(
        new Confinement(List.of(folder.resolve("open")), List.of(), closed),
        folder.resolve("before"));
  }
}
