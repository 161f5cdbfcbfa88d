package dev.kodo.kernel.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/** All commands, in the order in which the help shows them. */
enum CommandName {
  UP,
  DOWN,
  STATUS,
  LOGS,
  BEAT,
  THEME,
  ROUTINE,
  APPROVALS,
  APPROVE,
  REJECT,
  DEPLOY,
  DIAGRAM,
  PANIC,
  RESUME,
  BUDGET,
  AUDIT,
  CONSTITUTION,
  DOCTOR,
  TEST,
  VERSION,
  COMPLETION,
  HELP,
  REFERENCE,
  TRAINING;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  CommandLine create(Session session) {
    CommandLine command = new CommandLine(object(session));
    if (this == THEME) {
      command.addSubcommand("add", new ThemeAddCommand(session));
    } else if (this == ROUTINE) {
      RoutineCommand.addTo(command, session);
    } else if (this == BUDGET) {
      command.setCaseInsensitiveEnumValuesAllowed(true);
      command.addSubcommand("set", new BudgetSetCommand(session));
    } else if (this == AUDIT) {
      command.addSubcommand("verify", new AuditVerifyCommand(session));
      command.addSubcommand("show", new AuditShowCommand(session));
    }
    return command;
  }

  private KodoCommand object(Session session) {
    return switch (this) {
      case UP -> new UpCommand(session);
      case DOWN -> new DownCommand(session);
      case STATUS -> new StatusCommand(session);
      case LOGS -> new LogsCommand(session);
      case BEAT -> new BeatCommand(session);
      case THEME -> new ThemeCommand(session);
      case ROUTINE -> new RoutineCommand(session);
      case APPROVALS -> new ApprovalsCommand(session);
      case APPROVE -> new ApproveCommand(session);
      case REJECT -> new RejectCommand(session);
      case DEPLOY -> new DeployCommand(session);
      case DIAGRAM -> new DiagramCommand(session);
      case PANIC -> new PanicCommand(session);
      case RESUME -> new ResumeCommand(session);
      case BUDGET -> new BudgetCommand(session);
      case AUDIT -> new AuditCommand(session);
      case CONSTITUTION -> new ConstitutionCommand(session);
      case DOCTOR -> new DoctorCommand(session);
      case TEST -> new TestCommand(session);
      case VERSION -> new VersionCommand(session);
      case COMPLETION -> new CompletionCommand(session);
      case HELP -> new HelpCommand(session);
      case REFERENCE -> new ReferenceCommand(session);
      case TRAINING -> new TrainingCommand(session);
    };
  }

  static Optional<CommandName> of(String word) {
    return Arrays.stream(values())
        .filter(name -> name != HELP && name.word().equals(word))
        .findFirst();
  }
}
