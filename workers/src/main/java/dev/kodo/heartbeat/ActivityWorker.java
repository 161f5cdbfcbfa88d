package dev.kodo.heartbeat;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The jobs that choose an activity and carry out those of a single step. */
@Component
class ActivityWorker implements JobSteps {
  private final Choosing choosing;
  private final TableChoice tableChoice;
  private final Working working;

  ActivityWorker(Choosing choosing, TableChoice tableChoice, Working working) {
    this.choosing = choosing;
    this.tableChoice = tableChoice;
    this.working = working;
  }

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "heartbeat-choose",
            "Choose activity",
            "Chooses one permitted activity and justifies it in one sentence.",
            Choosing.Choose.class,
            Choosing.Chosen.class,
            choosingErrors(),
            choosing::choose),
        new JobStep<>(
            "heartbeat-record-choice",
            "Record table's choice",
            "Records the activity that a table chose, because the model's choice could not be read.",
            TableChoice.Made.class,
            Choosing.Chosen.class,
            Set.of(ErrorCode.CHOICE_UNREADABLE),
            tableChoice::record),
        work(Activity.THINK, "Think about theme", "Thinks one step further about the theme."),
        work(Activity.OBSERVE, "Observe world", "Collects what the theme's material shows."),
        work(Activity.CREATE, "Create piece", "Creates something new out of the theme."),
        work(Activity.OTHER, "Do something else", "Does one other useful thing for the theme."));
  }

  private static Set<ErrorCode> choosingErrors() {
    Set<ErrorCode> errors = EnumSet.copyOf(ErrorCode.OF_ASKING);
    errors.add(ErrorCode.NOTHING_PERMITTED);
    errors.add(ErrorCode.CHOICE_UNREADABLE);
    return errors;
  }

  private JobStep<Working.Work, Working.Worked> work(
      Activity activity, String name, String summary) {
    return new JobStep<>(
        "activity-" + activity.id(),
        name,
        summary,
        Working.Work.class,
        Working.Worked.class,
        ErrorCode.OF_ASKING,
        (input, run) -> working.work(activity, input, run));
  }
}
