package dev.kodo.routine;

import dev.kodo.model.Allowance;
import dev.kodo.model.Answer;
import dev.kodo.model.HeartbeatUse;
import dev.kodo.model.ModelPort;
import dev.kodo.model.Models;
import dev.kodo.model.Question;
import dev.kodo.model.Section;
import dev.kodo.theme.CutMark;
import dev.kodo.theme.Excerpt;
import dev.kodo.theme.Themes;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.Nothing;
import dev.kodo.worker.TaskHeader;
import dev.kodo.workspace.FileName;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.WorkspaceException;
import dev.kodo.workspace.Workspaces;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Carries a run out and writes down how it ended. */
@Component
class Running {
  private static final Logger LOG = LoggerFactory.getLogger(Running.class);
  private static final String FAILED = "failed";
  private static final Set<String> OUTCOMES =
      Set.of("done", Run.LIMIT_REACHED, "time-is-up", FAILED);
  private static final int MOST_FILES = 5;
  private static final int LONGEST_EXCERPT = 2500;

  private final RoutineStore store;
  private final ModelPort model;
  private final Models calls;
  private final Themes themes;
  private final Workspaces workspaces;
  private final Clock clock;

  Running(
      RoutineStore store,
      ModelPort model,
      Models calls,
      Themes themes,
      Workspaces workspaces,
      Clock clock) {
    this.store = store;
    this.model = model;
    this.calls = calls;
    this.themes = themes;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  @TaskHeader(
      key = "instruction",
      label = "Instruction",
      hint =
          "What the model is to do, in a diagram of your own. Without it the routine's own instruction counts.")
  record OfRun(String agentId, String runId) {}

  record Carried(String artifactPath) {}

  record Ended(
      String agentId,
      String runId,
      @Nullable String outcome,
      @Nullable String errorCode,
      @Nullable String errorMessage) {}

  /**
   * Asks the model once. In a person's own diagram the task header {@code instruction} says what
   * for, and the file has the name of the task behind that of the run.
   */
  Carried carryOut(OfRun input, JobRun job) {
    Run run = running(input);
    @Nullable String own = job.identity().headers().get("instruction");
    String asked = own == null ? run.instruction() : own;
    if (asked == null) {
      throw JobFailure.retry(
          "The task %s has no header 'instruction', and the routine %s names a diagram only. Add the header in Modeler."
              .formatted(job.identity().elementId(), run.routine()),
          null);
    }
    Workspace workspace = workspaces.of(run.agentId());
    Answer<RoutineAnswer> answer =
        model.ask(
            job,
            new Question<>(
                    RoutineAnswer.CONTRACT,
                    run.account(),
                    instruction(run, asked),
                    material(workspace, run, asked))
                .within(new Allowance(run.capUsd(), run.capCalls())));
    String part = own == null ? "" : FileName.slug(job.identity().elementId(), "step");
    String path = RunFiles.path(run, part);
    job.ensureWanted();
    RunFiles.save(
        workspace,
        run,
        path,
        CutMark.on(RunFiles.head(job, run, "done", answer.use()), answer.cut())
            .over(
                "# "
                    + answer.value().title()
                    + "\n\n"
                    + CutMark.below(answer.value().body(), answer.cut())),
        answer.value().title());
    return job.commit(
        () -> {
          store.recordArtifact(run.agentId(), run.runId(), path);
          return new Carried(path);
        });
  }

  private Run running(OfRun input) {
    return store
        .find(input.agentId(), input.runId())
        .filter(run -> run.outcome().equals(Run.RUNNING))
        .orElseThrow(
            () ->
                JobFailure.retry(
                    "There is no run %s of a routine of agent %s that goes on."
                        .formatted(input.runId(), input.agentId()),
                    null));
  }

  /** Whatever signs stand in what is asked, none of its lines looks like the line that ends it. */
  private static String instruction(Run run, String asked) {
    return RoutineAnswer.CONTRACT
        .words()
        .replace("{routine}", run.routine())
        .replace("{asked}", asked.replaceAll("={5,}", "===="));
  }

  private List<Section> material(Workspace workspace, Run run, String asked) {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.ofInstruction("Routine", asked));
    themes
        .current(run.agentId())
        .ifPresent(theme -> sections.add(new Section("Theme", theme.brief(), Section.Kind.THEME)));
    workspace
        .tryRead("AGENTS.md")
        .ifPresent(rules -> sections.add(new Section("Rules", rules, Section.Kind.RULES)));
    store.latest(run.agentId(), run.routine(), 2).stream()
        .filter(each -> !each.runId().equals(run.runId()) && each.artifact() != null)
        .findFirst()
        .flatMap(each -> workspace.tryRead(String.valueOf(each.artifact())))
        .ifPresent(last -> sections.add(file("Result of the last run", last)));
    String added = addedFiles(workspace, run);
    if (!added.isEmpty()) {
      sections.add(new Section("New files", added, Section.Kind.FILE));
    }
    if (run.artifact() != null) {
      workspace
          .tryRead(run.artifact())
          .ifPresent(step -> sections.add(file("Result of the step before", step)));
    }
    sections.add(new Section("Trigger", run.startedBy()));
    return sections;
  }

  private static Section file(String name, String text) {
    return new Section(name, Excerpt.of(text, LONGEST_EXCERPT), Section.Kind.FILE);
  }

  private static String addedFiles(Workspace workspace, Run run) {
    StringBuilder text = new StringBuilder();
    for (String path : run.addedFiles().stream().limit(MOST_FILES).toList()) {
      if (workspace.look(path, Workspace.USUAL_LIMIT)
          instanceof dev.kodo.workspace.Reading.Text file) {
        text.append("## ").append(path).append('\n');
        text.append(Excerpt.of(file.text(), LONGEST_EXCERPT)).append("\n\n");
      }
    }
    return text.toString();
  }

  /** Records the end of a run. A run without a file gets one that says how it ended. */
  Nothing close(Ended input, JobRun job) {
    Run run = store.find(input.agentId(), input.runId()).orElse(null);
    if (run == null || !run.outcome().equals(Run.RUNNING)) {
      return job.commit(() -> Nothing.NOTHING);
    }
    String outcome = OUTCOMES.contains(input.outcome()) ? String.valueOf(input.outcome()) : FAILED;
    HeartbeatUse use = calls.useOf(run.agentId(), run.account());
    Run ended =
        run.ended(
            clock.instant(),
            outcome,
            outcome.equals("done") ? null : input.errorCode(),
            outcome.equals("done") ? null : message(input, run, outcome),
            new Run.Use(use.costUsd(), use.calls()));
    @Nullable String note = run.artifact() == null ? note(ended, job) : run.artifact();
    return job.commit(
        () -> {
          store.end(ended.leaving(note));
          return Nothing.NOTHING;
        });
  }

  private static String message(Ended input, Run run, String outcome) {
    if (input.errorMessage() != null) {
      return input.errorMessage();
    }
    return outcome.equals("time-is-up")
        ? "The run reached its limit of %s and was stopped."
            .formatted(Lasting.text(run.timeLimit()))
        : "The run did not end as it should.";
  }

  /** A note that cannot be written is no reason to lose the record of the run. */
  private @Nullable String note(Run ended, JobRun job) {
    String path = RunFiles.path(ended, "");
    String text =
        ended.errorMessage() == null
            ? "The diagram `%s` was carried out.".formatted(ended.processId())
            : "The run ended without a result: " + ended.errorMessage();
    try {
      job.ensureWanted();
      RunFiles.save(
          workspaces.of(ended.agentId()),
          ended,
          path,
          RunFiles.head(job, ended, ended.outcome(), null)
              .with("calls", ended.calls())
              .with("cost", ended.spendUsd())
              .over("# Routine " + ended.routine() + "\n\n" + text),
          ended.outcome());
      return path;
    } catch (WorkspaceException unwritable) {
      LOG.warn("The note on run {} was not written: {}", ended.runId(), unwritable.reason());
      return null;
    }
  }
}
