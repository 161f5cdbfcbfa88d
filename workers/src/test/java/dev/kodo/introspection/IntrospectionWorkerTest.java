package dev.kodo.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.audit.AuditTrail;
import dev.kodo.model.Answer;
import dev.kodo.model.ModelPort;
import dev.kodo.model.ModelUse;
import dev.kodo.model.Question;
import dev.kodo.model.Section;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.theme.Themes;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobRuns;
import dev.kodo.worker.JobStep;
import dev.kodo.workspace.GitLog;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntrospectionWorkerTest {
  static final String BEAT = "20261121120000";
  static final String THEME = "20261121100000";
  static final TestDatabase DATABASE = TestDatabase.fresh();

  @TempDir Path temp;
  final SettableClock clock = new SettableClock("2026-11-21T12:00:00Z");
  final ObjectMapper json = new ObjectMapper();
  final List<BeatHistory.PastBeat> beats = new ArrayList<>();
  final Model model = new Model();
  JobRuns runs;
  Workspace workspace;
  IntrospectionWorker worker;

  /** Answers with 7 of 10 and remembers the material. */
  static final class Model implements ModelPort {
    List<Section> sections = List.of();
    int asked;

    @Override
    public <A extends Record> Answer<A> ask(JobRun run, Question<A> question) {
      asked++;
      sections = question.sections();
      Record answer = new EvaluationAnswer("Good.", 7, "Observe more.", "Balanced.");
      return new Answer<>(
          question.answerType().cast(answer),
          new ModelUse("openai", "m-1", false, 1, 2, null, new BigDecimal("0.0012"), 9),
          null);
    }
  }

  @BeforeEach
  void prepare() {
    DATABASE.jdbc().sql("truncate theme, introspection, effect").update();
    DATABASE
        .jdbc()
        .sql(
            """
            insert into theme values ('main', :theme, 'rivers', 'Rivers', 'artifacts/20261121100000_rivers',
              'themebox', 'a.md', 'brief', 'running', now(), null, null)
            """)
        .param("theme", THEME)
        .update();
    Workspaces workspaces = new Workspaces(temp, clock, AuditTrail.NONE);
    workspace = workspaces.of("main");
    workspace.prepare();
    runs = new JobRuns(DATABASE, clock, json);
    Themes themes = new Themes(DATABASE.jdbc(), workspaces, clock);
    IntrospectionStore store = new IntrospectionStore(DATABASE.jdbc(), json, clock);
    worker =
        new IntrospectionWorker(
            new EvidenceGathering(
                (agentId, most) -> beats.subList(0, Math.min(most, beats.size())),
                workspaces,
                themes,
                store),
            new SelfEvaluation(
                workspaces,
                themes,
                theme -> List.of(new Section("Theme", theme.brief(), Section.Kind.THEME)),
                model),
            store,
            themes,
            workspaces);
  }

  @Test
  void countsJudgesAndWrites() {
    beats.add(new BeatHistory.PastBeat("4", "think", "closed", null));
    beats.add(new BeatHistory.PastBeat("3", "think", "failed", "MODEL_UNAVAILABLE"));
    beats.add(new BeatHistory.PastBeat("2", "create", "incomplete", null));
    beats.add(new BeatHistory.PastBeat("1", null, "crashed", null));
    workspace.write("themebox/rejected.x.md", "x");
    workspace.write("themebox/rejected.x.md.why.md", "x");
    workspace.write("feedbackbox/001_more.md", "x");
    workspace.write("feedbackbox/draft.002.md", "x");
    workspace.write("feedbackbox/processed.003.md", "x");
    for (int log = 1; log <= 7; log++) {
      workspace.write(
          "artifacts/20261121100000_rivers/histories/2026112110000" + log + ".md",
          "# log " + log + "\n\n## Why\n\nIt was overdue.\n\n## What was done\n\nwork " + log);
    }

    run("introspection-gather");
    run("introspection-evaluate");
    Object written = run("introspection-write");

    String evidence =
        """
        Beats looked at: 4
        Activity create: 1
        Activity think: 2
        Ended closed: 1
        Ended crashed: 1
        Ended failed: 1
        Ended incomplete: 1
        Error MODEL_UNAVAILABLE: 1
        Rejected theme files: 1
        Unread feedback files: 1
        Earlier scores, newest first: none""";
    assertThat(model.sections)
        .extracting(Section::name)
        .containsExactly("Theme", "Recent logs", "Evidence");
    assertThat(model.sections.get(1).text())
        .startsWith("# log 3\n\n## What was done\n\nwork 3")
        .endsWith("work 7");
    assertThat(model.sections.get(2).text()).isEqualTo(evidence);
    String path = "artifacts/20261121100000_rivers/20261121120000_introspection.md";
    assertThat(written).isEqualTo(new IntrospectionWorker.Written(path));
    assertThat(workspace.read(path))
        .isEqualTo(
            """
            ---
            heartbeat: "20261121120000"
            activity: introspect
            theme: "20261121100000"
            model: m-1
            rehearsal: false
            cost: 0.0012
            duration_ms: 9
            process_instance: 3
            score: 7
            ---

            # Introspection: 7 of 10

            Good.

            Balanced.

            ## Proposal

            Observe more.

            ## Evidence

            - %s
            """
                .formatted(evidence.replace("\n", "\n- ")));
    assertThat(new GitLog(workspace).subjects().getFirst())
        .isEqualTo("20261121120000 Look back at the latest beats");
  }

  /** In the tier critical it is permitted between two themes too; once that stopped the agent. */
  @Test
  void looksBackAlsoWhenNoThemeRuns() {
    IntrospectionWorker.Beat beat = new IntrospectionWorker.Beat("main", BEAT, null);

    run("introspection-gather", beat, runs.first("introspection-gather"));
    run("introspection-evaluate", beat, runs.first("introspection-evaluate"));
    Object written = run("introspection-write", beat, runs.first("introspection-write"));

    String path = "artifacts/no-theme/20261121120000_introspection.md";
    assertThat(written).isEqualTo(new IntrospectionWorker.Written(path));
    assertThat(workspace.read(path)).contains("theme: null", "# Introspection: 7 of 10");
    assertThat(model.sections.get(1).text()).contains("no theme");
  }

  @Test
  void knowsEarlierScores() {
    run("introspection-gather");
    run("introspection-evaluate");

    run("introspection-gather", "20261122120000");
    run("introspection-evaluate", "20261122120000");

    assertThat(model.sections.getLast().text()).endsWith("Earlier scores, newest first: [7]");
  }

  @Test
  void givesTheSameFileAndRowWhenDeliveredAgain() {
    run("introspection-gather");
    run("introspection-gather");
    run("introspection-evaluate");
    JobRun run = runs.first("introspection-write");
    run("introspection-write", BEAT, run);
    DATABASE.jdbc().sql("delete from effect").update();
    run("introspection-write", BEAT, runs.again(run));

    assertThat(
            DATABASE.jdbc().sql("select count(*) from introspection").query(Integer.class).single())
        .isEqualTo(1);
    assertThat(new GitLog(workspace).subjects()).hasSize(2);
  }

  @Test
  void saysWhichStepIsMissing() {
    assertThatThrownBy(() -> run("introspection-evaluate"))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("Expected the evidence of beat 20261121120000 of main");
    assertThat(model.asked).isZero();
    run("introspection-gather");
    assertThatThrownBy(() -> run("introspection-write"))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("Expected the evaluation");
  }

  private Object run(String jobType) {
    return run(jobType, BEAT);
  }

  private Object run(String jobType, String beat) {
    return run(jobType, beat, runs.first(jobType));
  }

  private Object run(String jobType, String beat, JobRun run) {
    return run(jobType, new IntrospectionWorker.Beat("main", beat, THEME), run);
  }

  private Object run(String jobType, IntrospectionWorker.Beat beat, JobRun run) {
    return worker.steps().stream()
        .filter(step -> step.type().equals(jobType))
        .map(step -> work(step, beat, run))
        .findFirst()
        .orElseThrow();
  }

  private static <I, O> O work(JobStep<I, O> step, Object input, JobRun run) {
    return step.work().run(step.input().cast(input), run);
  }
}
