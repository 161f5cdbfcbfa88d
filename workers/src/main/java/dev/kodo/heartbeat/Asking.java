package dev.kodo.heartbeat;

import dev.kodo.model.Answer;
import dev.kodo.model.ModelPort;
import dev.kodo.model.Question;
import dev.kodo.model.Section;
import dev.kodo.theme.Artifact;
import dev.kodo.theme.CutMark;
import dev.kodo.theme.Theme;
import dev.kodo.theme.Themes;
import dev.kodo.worker.Field;
import dev.kodo.worker.Items;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Puts a question to the model that a person has drawn into a diagram. The whole answer becomes a
 * file; the process gets its path and, where answers were offered, the one that was chosen.
 */
@Component
class Asking {
  private static final int LONGEST_QUESTION = 4000;

  private final ModelPort model;
  private final BeatStore beats;
  private final Themes themes;
  private final Workspaces workspaces;

  Asking(ModelPort model, BeatStore beats, Themes themes, Workspaces workspaces) {
    this.model = model;
    this.beats = beats;
    this.themes = themes;
    this.workspaces = workspaces;
  }

  /**
   * What is asked.
   *
   * @param modelClass taken by the model port from the variables of the job
   */
  record Ask(
      String agentId,
      String heartbeatId,
      @Field(label = "Title", hint = "Names the file that keeps the answer, such as: Fact check")
          String title,
      @Field(
              label = "Question",
              hint =
                  "What the model is to answer, as you would ask a person. It sees the theme, the agent's rules and the files below; it looks nothing up.",
              lines = true)
          String question,
      @Field(
              label = "Files to read",
              hint =
                  "Paths in the agent's workspace with commas between them, or an expression such as =artifactPath. When the expression gives nothing, nothing is asked.")
          @Nullable Items files,
      @Field(
              label = "Answers to choose from",
              hint =
                  "Separated by commas, the most careful one last, such as: holds, wrong, cannot say. Empty when only the text counts.")
          @Nullable Items choices,
      @Field(
              label = "Model",
              hint = "Never a better one than the budget affords.",
              choices = {
                @Field.Choice(label = "As good as the budget affords", value = "=modelClass"),
                @Field.Choice(
                    label = "A cheap one is enough",
                    value = "=if modelClass = \"minimal\" then \"minimal\" else \"cheap\""),
                @Field.Choice(label = "A minimal one is enough", value = "=\"minimal\"")
              })
          @Nullable String modelClass) {}

  /** Both null when there was nothing to read, and {@code choice} when nothing was offered. */
  record Asked(@Nullable String answerPath, @Nullable String choice) {}

  Asked ask(Ask input, JobRun run) {
    Beat beat = beats.requireOpen(input.agentId(), input.heartbeatId());
    Workspace workspace = workspaces.of(input.agentId());
    Choices choices = Choices.of(input.choices());
    Theme theme = themes.current(input.agentId()).orElse(null);
    StepFile file = new StepFile(workspace, input.heartbeatId(), theme, input.title());
    if (input.files() != null && input.files().isEmpty()) {
      return nothingToRead(input, file, run);
    }
    String question = checked(input.question());
    List<Section> material =
        material(workspace, theme, question, choices, NamedFile.read(workspace, input.files()));
    Answer<AskAnswer> answer =
        model.ask(
            run,
            new Question<>(
                    AskAnswer.CONTRACT,
                    input.heartbeatId(),
                    instruction(question, choices),
                    material)
                .offering("choice", choices.all()));
    @Nullable String choice = answer.value().choice();
    String path =
        file.save(
            run,
            CutMark.on(
                Artifact.head(
                        run,
                        input.heartbeatId(),
                        beat.activity() == null ? "none" : beat.activity(),
                        theme == null ? null : theme.id(),
                        answer.use())
                    .with("choice", choice),
                answer.cut()),
            text(answer.value(), choice));
    return run.commit(
        () -> {
          beats.addToSummary(
              input.agentId(),
              input.heartbeatId(),
              note(file, choice, answer.value(), path) + CutMark.sentence(answer.cut()));
          return new Asked(path, choice);
        });
  }

  private Asked nothingToRead(Ask input, StepFile file, JobRun run) {
    return run.commit(
        () -> {
          beats.addToSummary(
              input.agentId(),
              input.heartbeatId(),
              "%s: there was nothing to read, so nothing was asked.".formatted(file.title()));
          return new Asked(null, null);
        });
  }

  /** A question is a few lines; what is longer belongs into a file, where it counts as data. */
  private static String checked(String question) {
    if (question.isBlank() || question.length() > LONGEST_QUESTION) {
      throw JobFailure.retry(
          "Expected a question of 1 to %d characters but it has %d. Correct the field 'question' of the task in Modeler; long text belongs into a file."
              .formatted(LONGEST_QUESTION, question.strip().length()),
          null);
    }
    return question.strip();
  }

  /** Whatever signs stand in the question, none of its lines looks like the line that ends it. */
  private static String instruction(String question, Choices choices) {
    return AskAnswer.CONTRACT
        .words()
        .replace("{choice}", choices.instruction())
        .replace("{question}", question.replaceAll("={5,}", "===="));
  }

  private static List<Section> material(
      Workspace workspace,
      @Nullable Theme theme,
      String question,
      Choices choices,
      List<NamedFile> files) {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.ofInstruction("Question", question));
    if (theme != null) {
      sections.add(new Section("Theme", theme.brief(), Section.Kind.THEME));
    }
    workspace
        .tryRead("AGENTS.md")
        .ifPresent(rules -> sections.add(new Section("Rules", rules, Section.Kind.RULES)));
    files.forEach(
        file -> sections.add(new Section("File " + file.path(), file.text(), Section.Kind.FILE)));
    if (!choices.all().isEmpty()) {
      sections.add(new Section("Answers", String.join("\n", choices.all())));
    }
    return sections;
  }

  private static String text(AskAnswer answer, @Nullable String choice) {
    String body = answer.body().strip();
    return choice == null ? body : "**" + choice + "**\n\n" + body;
  }

  private static String note(
      StepFile file, @Nullable String choice, AskAnswer answer, String path) {
    return "%s%s: %s `%s`"
        .formatted(
            file.title(),
            choice == null ? "" : " (" + choice + ")",
            answer.summary().strip(),
            path);
  }
}
