package dev.kodo.routine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.agent.Agents;
import dev.kodo.audit.AuditTrail;
import dev.kodo.config.KodoProperties;
import dev.kodo.heartbeat.RecordedBeats;
import dev.kodo.process.FakeProcessEngine;
import dev.kodo.survival.RecordedTiers;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import dev.kodo.theme.Themes;
import dev.kodo.worker.JobRuns;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look finds, on a real database and a real workspace. */
@Tag("slow")
class LookingTest {
  @TempDir Path folder;
  private final TestDatabase database = TestDatabase.fresh();
  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  private final JobRuns jobs = new JobRuns(database, clock, new ObjectMapper());
  private final RoutineStore store = new RoutineStore(database.jdbc(), clock);
  private final FakeProcessEngine engine = new FakeProcessEngine();
  private final RecordedBeats beats = new RecordedBeats(database, clock);
  private final RecordedTiers tiers = new RecordedTiers(database, clock);
  private Workspaces workspaces;
  private Workspace workspace;
  private Looking looking;

  @BeforeEach
  void open() {
    workspaces = new Workspaces(folder, clock, AuditTrail.NONE);
    workspace = workspaces.of("main");
    workspace.prepare();
    KodoProperties properties = TestProperties.in(folder, Map.of());
    looking =
        new Looking(
            new Definitions(workspaces),
            store,
            new Events(
                beats.heartbeats(),
                new Themes(database.jdbc(), workspaces, clock),
                tiers.survival(),
                workspaces,
                properties,
                clock),
            new Agents(database.jdbc(), clock),
            tiers.survival(),
            engine,
            properties,
            clock);
  }

  @Test
  void looksForTheOthersWhenTheFolderOfOneCannotBeRead() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path inbox = folder.resolve("main").resolve("inbox");
    Files.createSymbolicLink(inbox, elsewhere);
    workspace.write(
        RoutineFile.PATH,
        """
        inbox:
          when: {event: file-added, files: "inbox/*.csv"}
          do: Read it.
        tables:
          when: {event: file-added, files: "projects/*.csv"}
          do: Read it.
        """);

    assertThat(look()).isEmpty();
    add("projects/new.csv");

    assertThat(look()).containsExactly("tables");
    assertThat(problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.routine()).isEqualTo("inbox");
              assertThat(problem.line()).isEqualTo(1);
              assertThat(problem.sentence()).contains("inbox", "leads out of the workspace");
            });

    Files.delete(inbox);
    add("inbox/first.csv");
    look();
    add("inbox/second.csv");

    assertThat(look()).contains("inbox");
    assertThat(problems()).isEmpty();
  }

  @Test
  void losesNoFileWhileAFolderCannotBeRead() throws IOException {
    define("inbox", "event: file-added, files: \"inbox/*.csv\"");
    add("inbox/old.csv");
    look();
    Path inbox = folder.resolve("main").resolve("inbox");
    Path moved = Files.move(inbox, folder.resolve("moved"));
    Files.createSymbolicLink(inbox, moved);
    assertThat(look()).isEmpty();
    assertThat(problems()).hasSize(1);

    Files.delete(inbox);
    Files.move(moved, inbox);
    add("inbox/new.csv");

    assertThat(look()).containsExactly("inbox");
    assertThat(store.all("main").getFirst().pending()).isEqualTo("event file-added\ninbox/new.csv");
  }

  @Test
  void startsNothingByWhatRoutinesWriteThemselves() throws IOException {
    define("all", "event: file-added, files: \"**.md\"");
    look();

    add("routines/other/20260131093000.md");
    assertThat(look()).isEmpty();

    add("projects/routines/mine.md");
    assertThat(look()).containsExactly("all");
    assertThat(store.all("main").getFirst().pending()).endsWith("\nprojects/routines/mine.md");
  }

  @Test
  void looksNowhereWhereAPatternNamesTheFolderOfRoutines() throws IOException {
    define("own", "event: file-added, files: \"routines/other/*.md\"");
    look();

    add("routines/other/20260131093000.md");

    assertThat(look()).isEmpty();
  }

  @Test
  void startsAfterAThemeEnded() {
    define("after", "event: theme-ended");
    assertThat(look()).isEmpty();

    database
        .jdbc()
        .sql(
            """
            insert into theme (agent_id, theme_id, name, title, folder, source, source_file, brief, state, started_at, theme_end_id)
            values ('main', '20260131080000', 'bees', 'Bees', 'artifacts/x', 'own', '', '', 'ended', now(), '20260131093000')
            """)
        .update();

    startsOnceWith("event theme-ended\n20260131093000");
  }

  @Test
  void startsAfterABeatFailed() {
    define("after", "event: heartbeat-failed");
    beats.open("20260131090000", 1);
    beats.end("20260131090000");
    assertThat(look()).isEmpty();
    beats.open("20260131091500", 2);
    assertThat(look()).as("a beat that is open").isEmpty();

    beats.fail("20260131091500", "MODEL_UNAVAILABLE");

    startsOnceWith("event heartbeat-failed\n20260131091500 failed MODEL_UNAVAILABLE");
  }

  @Test
  void startsAfterTheTierChanged() {
    define("after", "event: tier-changed");
    tiers.change("normal");
    assertThat(look()).isEmpty();

    tiers.change("low-compute");

    startsOnceWith("event tier-changed\n2 low-compute");
  }

  @Test
  void keepsARunThatAPersonAskedForWhenTheRoutineIsSwitchedOffMeanwhile() {
    define("news", "message: go");
    look(null, "go");
    look("news", null);
    workspace.write(
        RoutineFile.PATH, "news:\n  when: {message: go}\n  do: Say it.\n  enabled: false\n");

    assertThat(look()).containsExactly("news");
  }

  private void startsOnceWith(String cause) {
    assertThat(look()).containsExactly("after");
    RoutineStore.Kept kept = store.all("main").getFirst();
    assertThat(kept.pending()).isEqualTo(cause);
    store.keep("main", kept.begun(clock.instant(), null));
    assertThat(look()).as("the same event again").isEmpty();
  }

  private void define(String name, String when) {
    workspace.write(RoutineFile.PATH, "%s:\n  when: {%s}\n  do: Say it.\n".formatted(name, when));
  }

  /** Puts a file there that nobody writes any more. */
  private void add(String path) throws IOException {
    Path file = folder.resolve("main").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "a,b\n");
    Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(Duration.ofMinutes(5))));
  }

  /** The fake engine refuses a question within a transaction. */
  @Test
  void endsTheRunsOfASchedulerThatIsGoneAndKeepsTheOthers() throws IOException {
    workspace.write(
        RoutineFile.PATH,
        """
        one:
          when: {cron: "0 7 * * *"}
          do: Read it.
        two:
          when: {cron: "0 7 * * *"}
          do: Read it.
        """);
    look();
    begun("one", 900);
    begun("two", 901);
    engine.run(901);

    look();

    assertThat(store.running("main")).extracting(Run::routine).containsExactly("two");
    assertThat(store.latest("main", "one", 1))
        .singleElement()
        .satisfies(run -> assertThat(run.outcome()).isEqualTo(Run.STOPPED));
  }

  private void begun(String name, long scheduler) {
    Routine routine =
        new Definitions(workspaces)
            .read("main").file().routines().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    Run.Begin begin = new Run.Begin(scheduler, clock.instant());
    store.record(
        Run.begins("main", "20260131093" + scheduler, routine, "hand", BigDecimal.ONE, begin));
  }

  private List<String> look() {
    return look(null, null);
  }

  private List<String> look(@Nullable String routine, @Nullable String message) {
    Looking.Look look = new Looking.Look("main", routine, message);
    return looking.look(look, jobs.first("routine-look")).due();
  }

  private List<Problem> problems() {
    return new Routines(new Definitions(workspaces), store, workspaces, engine)
        .list("main")
        .problems();
  }
}
