package dev.kodo.routine;

import dev.kodo.process.MessageName;
import dev.kodo.process.ProcessEngine;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What others may know about routines and do with them. */
@Component
public class Routines {
  private static final Duration TRIGGER_LIVES = Duration.ofHours(1);

  private final Definitions definitions;
  private final RoutineStore store;
  private final Workspaces workspaces;
  private final ProcessEngine engine;

  Routines(
      Definitions definitions, RoutineStore store, Workspaces workspaces, ProcessEngine engine) {
    this.definitions = definitions;
    this.store = store;
    this.workspaces = workspaces;
    this.engine = engine;
  }

  /**
   * A routine and where it stands.
   *
   * @param nextDue null where it does not start by time, or is switched off
   * @param pending why it will run at the next look, null when nothing waits
   * @param running id of the run that goes on
   * @param lastRun the last run that began
   */
  public record Status(
      Routine routine,
      @Nullable Instant nextDue,
      @Nullable String pending,
      @Nullable String running,
      @Nullable Run lastRun) {}

  /** All routines of an agent in the order of their file, and what is wrong with the file. */
  public record Listing(List<Status> routines, List<Problem> problems) {}

  /**
   * One line about all routines.
   *
   * @param next name of the routine that is due first by time, null when none is
   * @param problem the first problem of the file, null when there is none
   */
  public record Summary(
      int routines,
      int running,
      @Nullable String next,
      @Nullable Instant nextDue,
      @Nullable String problem) {}

  /** The file cannot be changed as asked; the message says why and what to do. */
  public static final class Refused extends Exception {
    Refused(String sentence) {
      super(sentence);
    }

    public String sentence() {
      return String.valueOf(getMessage());
    }
  }

  public Listing list(String agentId) {
    RoutineFile file = definitions.read(agentId).file();
    Map<String, RoutineStore.Kept> kept = new HashMap<>();
    store.all(agentId).forEach(each -> kept.put(each.name(), each));
    Map<String, String> running = new HashMap<>();
    store.running(agentId).forEach(run -> running.put(run.routine(), run.runId()));
    List<Status> routines =
        file.routines().stream()
            .map(
                routine -> {
                  RoutineStore.@Nullable Kept known = kept.get(routine.name());
                  return new Status(
                      routine,
                      known == null || !routine.enabled() ? null : known.nextDue(),
                      known == null ? null : known.pending(),
                      running.get(routine.name()),
                      store.latest(agentId, routine.name(), 1).stream().findFirst().orElse(null));
                })
            .toList();
    List<Problem> problems = new ArrayList<>(file.problems());
    file.routines().forEach(each -> trouble(each, kept.get(each.name())).ifPresent(problems::add));
    return new Listing(routines, problems);
  }

  /** What kept the last look from seeing whether a routine is due. */
  private static Optional<Problem> trouble(Routine routine, RoutineStore.@Nullable Kept kept) {
    return kept == null || kept.trouble() == null || !kept.starts().equals(routine.when().text())
        ? Optional.empty()
        : Optional.of(new Problem(routine.name(), routine.line(), kept.trouble()));
  }

  public Summary summary(String agentId) {
    Listing listing = list(agentId);
    Optional<Status> next =
        listing.routines().stream()
            .filter(each -> each.nextDue() != null)
            .min(Comparator.comparing(Status::nextDue));
    List<Problem> problems = listing.problems();
    return new Summary(
        listing.routines().size(),
        (int) listing.routines().stream().filter(each -> each.running() != null).count(),
        next.map(each -> each.routine().name()).orElse(null),
        next.map(Status::nextDue).orElse(null),
        problems.isEmpty()
            ? null
            : "line %d: %s".formatted(problems.getFirst().line(), problems.getFirst().sentence()));
  }

  /** The latest runs of a routine, newest first. */
  public List<Run> runs(String agentId, String name, int most) {
    return store.latest(agentId, name, most);
  }

  public Optional<Status> find(String agentId, String name) {
    return list(agentId).routines().stream()
        .filter(each -> each.routine().name().equals(name))
        .findFirst();
  }

  /** Writes a routine at the end of the file, once it can be read back as it is meant. */
  public synchronized void add(String agentId, NewRoutine wanted) throws Refused {
    if (!Routine.NAME.matcher(wanted.name()).matches()) {
      throw new Refused(
          "The name '%s' cannot be used. Expected 1 to 40 small letters a-z, digits and hyphens, such as morning-news."
              .formatted(Words.shown(wanted.name())));
    }
    String entry = wanted.entry();
    RoutineFile alone = RoutineFile.parse(entry);
    if (alone.routines().size() != 1 || !alone.problems().isEmpty()) {
      throw new Refused(
          alone.problems().isEmpty()
              ? "The routine cannot be written as YAML."
              : alone.problems().getFirst().sentence());
    }
    String text = text(agentId);
    if (RoutineFile.parse(text).names().contains(wanted.name())) {
      throw new Refused(
          "There is a routine '%s' already. Remove it first, or give this one another name."
              .formatted(wanted.name()));
    }
    save(
        agentId,
        RoutineEditing.added(text, entry),
        Meaning.of(text).with(alone.routines().getFirst()),
        wanted.name(),
        "add");
  }

  public synchronized void remove(String agentId, String name) throws Refused {
    String text = text(agentId);
    save(
        agentId,
        edited(() -> RoutineEditing.removed(text, name)),
        Meaning.of(text).without(name),
        name,
        "remove");
  }

  public synchronized void enable(String agentId, String name, boolean enabled) throws Refused {
    String text = text(agentId);
    save(
        agentId,
        edited(() -> RoutineEditing.switched(text, name, enabled)),
        Meaning.of(text).switched(usable(text, name), enabled),
        name,
        enabled ? "enable" : "disable");
  }

  /** The routine of this name; one whose entry is wrong does not run, and cannot be switched. */
  private static Routine usable(String text, String name) throws Refused {
    RoutineFile file = RoutineFile.parse(text);
    Optional<Routine> found =
        file.routines().stream().filter(each -> each.name().equals(name)).findFirst();
    return found.orElseThrow(
        () ->
            new Refused(
                file.problems().stream()
                    .filter(each -> name.equals(each.routine()))
                    .map(each -> "Line %d: %s".formatted(each.line(), each.sentence()))
                    .findFirst()
                    .orElse("There is no routine '" + Words.shown(name) + "' in routines.yml.")));
  }

  /** Asks for a run now, whatever the routine waits for. */
  public void run(String agentId, String name) {
    engine.publish(MessageName.ROUTINE_TRIGGER, agentId, TRIGGER_LIVES, Map.of("routine", name));
  }

  /**
   * Sends a word to the routines that wait for it.
   *
   * @return the names of those that do now
   */
  public List<String> trigger(String agentId, String word) {
    engine.publish(MessageName.ROUTINE_TRIGGER, agentId, TRIGGER_LIVES, Map.of("message", word));
    return definitions.read(agentId).file().routines().stream()
        .filter(
            routine ->
                routine.enabled()
                    && routine.when() instanceof Routine.When.Message message
                    && message.word().equals(word))
        .map(Routine::name)
        .toList();
  }

  private String text(String agentId) {
    return workspaces.of(agentId).tryRead(RoutineFile.PATH, RoutineFile.LARGEST).orElse("");
  }

  private interface Edit {
    String make() throws RoutineEditing.Impossible;
  }

  private static String edited(Edit edit) throws Refused {
    try {
      return edit.make();
    } catch (RoutineEditing.Impossible impossible) {
      throw new Refused(String.valueOf(impossible.getMessage()));
    }
  }

  /** Writes the text only when it means what was asked, and all else what it meant before. */
  private void save(String agentId, String after, Meaning wanted, String name, String verb)
      throws Refused {
    if (!Meaning.of(after).equals(wanted)) {
      throw new Refused(
          "The entry '%s' is laid out so that it cannot be changed alone. Change routines.yml with an editor."
              .formatted(Words.shown(name)));
    }
    Workspace workspace = workspaces.of(agentId);
    workspace.write(RoutineFile.PATH, after);
    workspace.commit("%s routine %s".formatted(verb, name), List.of(RoutineFile.PATH));
    engine.publish(MessageName.ROUTINE_TRIGGER, agentId, Duration.ZERO, Map.of());
  }
}
