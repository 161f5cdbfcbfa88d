package dev.kodo.kernel.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetFileTest {
  @TempDir Path folder;

  @Test
  void derivesTheOtherCapsFromTheDays() throws IOException {
    Caps caps = file("agents: [main, owl]\n").caps();

    assertThat(caps.perDay()).isEqualTo(Usd.parse("5"));
    assertThat(caps.perHour()).isEqualTo(Usd.parse("2.5"));
    assertThat(caps.perHeartbeat()).isEqualTo(Usd.parse("2"));
    assertThat(caps.perCall()).isEqualTo(Usd.parse("1"));
    assertThat(caps.ofAgent("owl")).isEqualTo(Usd.parse("5"));
    assertThat(caps.unknownPrice()).isEqualTo(Usd.parse("0.1"));
  }

  @Test
  void comesBeforeTheConfiguration() throws IOException {
    BudgetFile file = file("budget: {per-day: 10, per-call: 0.5}\n");
    Files.writeString(folder.resolve("budget.yml"), "per-day: 20\n");

    assertThat(file.caps().perDay()).isEqualTo(Usd.parse("20"));
    assertThat(file.caps().perCall()).isEqualTo(Usd.parse("0.5"));
  }

  @Test
  void changesOneLineAndKeepsTheOthers() throws IOException {
    BudgetFile file = file("agents: [main, owl]\n");
    Files.writeString(
        folder.resolve("budget.yml"), "# mine\nper-day: 4 # enough\nagents:\n  owl: 1\n");

    assertThat(file.set(Cap.PER_DAY, Usd.parse("6.5"))).isEqualTo(Usd.parse("4"));
    assertThat(file.setAgent("owl", Usd.parse("2"))).isEqualTo(Usd.parse("1"));
    assertThat(file.setAgent("main", Usd.parse("3"))).isEqualTo(Usd.parse("6.5"));

    assertThat(folder.resolve("budget.yml"))
        .hasContent("# mine\nper-day: 6.5 # enough\nagents:\n  owl: 2\nagents.main: 3\n");
    assertThat(file.caps().ofAgent("owl")).isEqualTo(Usd.parse("2"));
  }

  @Test
  void leavesAFileAloneThatItCannotEditSafely() throws IOException {
    BudgetFile file = file("");
    Path path = Files.writeString(folder.resolve("budget.yml"), "{per-hour: 1, per-day: 4}\n");

    assertThatThrownBy(() -> file.set(Cap.PER_DAY, Usd.parse("6"))).isInstanceOf(Problem.class);
    assertThat(path).hasContent("{per-hour: 1, per-day: 4}\n");
  }

  @Test
  void namesTheNearestKey() throws IOException {
    BudgetFile file = file("agents: [main, owl]\n");
    Files.writeString(folder.resolve("budget.yml"), "per-day: 4\nper-huor: 1\n");
    assertThatThrownBy(file::caps)
        .hasMessageContaining("line 2")
        .hasMessageContaining("`per-hour`");

    Files.writeString(folder.resolve("budget.yml"), "agents.olw: 1\n");
    assertThatThrownBy(file::caps).hasMessageContaining("`agents.owl`");

    Files.writeString(folder.resolve("budget.yml"), "per-day: five\n");
    assertThatThrownBy(file::caps).hasMessageContaining("`five`");
  }

  @Test
  void takesAnEditOverAndKeepsTheLastGoodCaps() throws IOException {
    Path path = folder.resolve("budget.yml");
    List<String> told = new ArrayList<>();
    LiveFile<Caps> live = live(path, told);

    Files.writeString(path, "per-day: 7\n");
    assertThat(live.get().perDay()).isEqualTo(Usd.parse("7"));
    Files.writeString(path, "per-day: 8\n");
    assertThat(live.get().perDay()).isEqualTo(Usd.parse("8"));
    Files.writeString(path, "per-day: x\n");
    assertThat(live.get().perDay()).isEqualTo(Usd.parse("8"));
    assertThat(live.problem()).isPresent();
    assertThat(live.get().perDay()).isEqualTo(Usd.parse("8"));
    Files.delete(path);
    assertThat(live.get().perDay()).as("a file that is gone").isEqualTo(Usd.parse("8"));
    assertThat(live.problem()).isPresent();
    Files.writeString(path, "per-day: default\n");
    assertThat(live.get().perDay()).isEqualTo(Usd.parse("5"));
    assertThat(live.problem()).isEmpty();
    assertThat(told).containsExactly("5 -> 7", "7 -> 8", "broken", "broken", "8 -> 5");
  }

  /** An editor empties a file and then writes it; a full disk leaves it empty. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "  \n\n"})
  void keepsTheLastGoodCapsWhileTheFileIsEmpty(String nothing) throws IOException {
    Path path = folder.resolve("budget.yml");
    Files.writeString(path, "per-day: 1\n");
    List<String> told = new ArrayList<>();
    LiveFile<Caps> live = live(path, told);

    Files.writeString(path, nothing);
    assertThat(live.get().perDay()).isEqualTo(Usd.parse("1"));
    assertThat(live.get().perDay()).isEqualTo(Usd.parse("1"));
    assertThat(live.problem().orElseThrow().sentence()).contains("budget.yml", "empty");
    Files.writeString(path, "per-day: 1\n");
    assertThat(live.get().perDay()).isEqualTo(Usd.parse("1"));

    assertThat(live.problem()).isEmpty();
    assertThat(told).containsExactly("broken");
  }

  @Test
  void keepsTheLastGoodCapsWhileTheFileCannotBeRead() throws IOException {
    Path path = folder.resolve("budget.yml");
    Files.writeString(path, "per-day: 1\n");
    List<String> told = new ArrayList<>();
    LiveFile<Caps> live = live(path, told);

    Files.delete(path);
    Files.createDirectory(path);
    assertThat(live.get().perDay()).isEqualTo(Usd.parse("1"));
    assertThat(live.get().perDay()).isEqualTo(Usd.parse("1"));
    assertThat(live.problem().orElseThrow().sentence()).contains("budget.yml");
    Files.delete(path);
    Files.writeString(path, "per-day: 1\n");
    assertThat(live.get().perDay()).isEqualTo(Usd.parse("1"));

    assertThat(live.problem()).isEmpty();
    assertThat(told).containsExactly("broken");
  }

  @Test
  void refusesAnEmptyFileAtTheStartAndNeverEditsOne() throws IOException {
    BudgetFile file = file("");
    Path path = folder.resolve("budget.yml");
    assertThat(live(path, new ArrayList<>()).get().perDay()).isEqualTo(Usd.parse("5"));
    Files.writeString(path, "\n");

    assertThatThrownBy(() -> live(path, new ArrayList<>())).hasMessageContaining("is empty");
    assertThatThrownBy(file::caps).hasMessageContaining("is empty");
    assertThatThrownBy(() -> file.set(Cap.PER_DAY, Usd.parse("9")))
        .hasMessageContaining("is empty");
    assertThat(path).hasContent("\n");
  }

  /** A save that was cut off anywhere may be valid, and its defaults looser than what it lost. */
  @Test
  void liftsNoCapWhereverTheFileIsCutOff() throws IOException {
    Path path = folder.resolve("budget.yml");
    String whole =
        """
        # mine
        per-day: 40.5
        per-hour: 1.25
        per-call: 0.125
        per-agent: 3
        agents.owl: 0.75
        unknown-price: 2
        per-heartbeat: 0.5
        """;
    Files.writeString(path, whole);
    LiveFile<Caps> live = live(path, new ArrayList<>());
    Caps before = live.get();

    for (int length = 0; length < whole.length(); length++) {
      Files.writeString(path, whole.substring(0, length));
      Caps now = live.get();
      for (Cap cap : Cap.values()) {
        assertThat(now.of(cap))
            .as("%s, cut at %d", cap, length)
            .isLessThanOrEqualTo(before.of(cap));
      }
      assertThat(now.ofAgent("owl")).as("cut at %d", length).isLessThanOrEqualTo(Usd.parse("0.75"));
      assertThat(now.unknownPrice()).isGreaterThanOrEqualTo(Usd.parse("2"));
    }
    Files.writeString(path, whole);
    assertThat(live.get()).isEqualTo(before);
  }

  @Test
  void saysWhichCapIsGoneAndLiftsItWhenThatIsSaid() throws IOException {
    Path path = folder.resolve("budget.yml");
    Files.writeString(path, "per-day: 10\nper-hour: 1\n");
    List<String> told = new ArrayList<>();
    SteadyCaps steady = steady(path, told);
    LiveFile<Caps> live = live(path, steady, told);

    Files.writeString(path, "per-day: 8\n");
    assertThat(live.get().perDay()).as("a lower one is in force").isEqualTo(Usd.parse("8"));
    assertThat(live.get().perHour()).isEqualTo(Usd.parse("1"));
    assertThat(steady.warning().orElseThrow().sentence())
        .contains("`per-hour`")
        .doesNotContain("day`");
    Files.writeString(path, "per-day: 20\n");
    assertThat(live.get().perDay()).as("a higher one waits").isEqualTo(Usd.parse("10"));
    assertThat(told).containsExactly("warned", "10 -> 8", "8 -> 10");

    Files.writeString(path, "per-day: 20\nper-hour: default\n");
    assertThat(live.get().perDay()).isEqualTo(Usd.parse("20"));
    assertThat(live.get().perHour()).isEqualTo(Usd.parse("10"));
    assertThat(steady.warning()).isEmpty();
    assertThat(file("").set(Cap.PER_HOUR, Usd.parse("2"))).isEqualTo(Usd.parse("10"));
    assertThat(path).hasContent("per-day: 20\nper-hour: 2\n");
  }

  private SteadyCaps steady(Path path, List<String> told) throws IOException {
    return new SteadyCaps(path, config("agents: [main, owl]\n"), why -> told.add("warned"));
  }

  private LiveFile<Caps> live(Path path, List<String> told) throws IOException {
    return live(path, steady(path, told), told);
  }

  private static LiveFile<Caps> live(Path path, SteadyCaps steady, List<String> told)
      throws IOException {
    return new LiveFile<>(
        path,
        steady,
        LiveFile.Empty.NO_TEXT,
        new LiveFile.Listener<>() {
          @Override
          public void changed(Caps before, Caps now) {
            told.add(before.perDay() + " -> " + now.perDay());
          }

          @Override
          public void broken(Problem why) {
            told.add("broken");
          }
        });
  }

  private BudgetFile file(String text) throws IOException {
    return new BudgetFile(folder.resolve("budget.yml"), config(text));
  }

  private Config config(String text) throws IOException {
    KodoHome home = new KodoHome(folder, folder);
    Files.writeString(home.config(), text);
    return Config.load(home);
  }
}
