package dev.kodo.kernel.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every setting of {@code kodo.yml}: its key, the form of its value, its default and its meaning.
 * Reading, the commented file of the first start and the reference page all come from here.
 */
@SuppressWarnings("ImmutableEnumChecker") // The rules of the forms keep no state.
public enum ConfigKey {
  AGENTS("agents", Form.AGENTS, "main", Scope.WORKERS, "The agents that live here, as a list."),
  TIME_ZONE(
      "time-zone",
      Form.ZONE,
      "system",
      Scope.WORKERS,
      "Time zone of dates in names and logs, such as Asia/Tokyo; `system` takes the machine's."),
  WORKSPACE_PATH(
      "workspace.path",
      Form.PATH,
      "KODO_HOME/workspace",
      Scope.WORKERS,
      "The folder with one folder per agent: themes, artifacts, rules."),

  HEARTBEAT_INTERVAL(
      "heartbeat.interval", Form.DURATION, "PT30M", Scope.WORKERS, "Time between two heartbeats."),
  HEARTBEAT_TIME_LIMIT(
      "heartbeat.time-limit",
      Form.DURATION,
      "PT10M",
      Scope.WORKERS,
      "Time after which the activity of a heartbeat is cut off."),
  HEARTBEAT_MAX_TIME_LIMIT(
      "heartbeat.max-time-limit",
      Form.DURATION,
      "PT1H",
      Scope.WORKERS,
      "The longest limit that an activity may declare for itself."),
  HEARTBEAT_REVIEW_DUE(
      "heartbeat.review-due",
      Form.DURATION,
      "P7D",
      Scope.WORKERS,
      "Time in which a person answers about a stopped agent; overdue means no."),

  THEME_MAX_SIZE("theme.max-size", Form.SIZE, "1MB", Scope.WORKERS, "Largest theme file."),
  THEME_SETTLE(
      "theme.settle",
      Form.DURATION,
      "PT3S",
      Scope.WORKERS,
      "A theme file is taken when it has not changed for this long."),

  ROUTINE_EVENT_LOOK(
      "routine.event-look",
      Form.DURATION,
      "PT15S",
      Scope.WORKERS,
      "Pause between two looks while a routine waits for an event or a file."),
  ROUTINE_IDLE_LOOK(
      "routine.idle-look",
      Form.DURATION,
      "PT1M",
      Scope.WORKERS,
      "Longest pause otherwise; after it a changed routines.yml is noticed."),

  PRUNING_INTERVAL(
      "pruning.interval",
      Form.DURATION,
      "PT10M",
      Scope.WORKERS,
      "Pause between two prunings of what ended sessions leave."),
  PRUNING_EFFECTS(
      "pruning.effects",
      Form.DURATION,
      "P7D",
      Scope.WORKERS,
      "How long a job's stored result stays, once the engine cannot hand the job out again."),
  PRUNING_NOTICES(
      "pruning.notices",
      Form.DURATION,
      "P90D",
      Scope.WORKERS,
      "How long notices stay that you got."),
  PRUNING_DECISIONS(
      "pruning.decisions",
      Form.DURATION,
      "P90D",
      Scope.WORKERS,
      "How long questions stay that were answered, and repairs of steps that go on."),
  PRUNING_ROUTINE_RUNS(
      "pruning.routine-runs",
      Form.number(1, 100_000),
      "200",
      Scope.WORKERS,
      "How many runs of each routine stay in the record; their files always stay."),
  PRUNING_BATCH(
      "pruning.batch",
      Form.number(1, 10_000),
      "500",
      Scope.WORKERS,
      "How much of one kind is removed at once."),

  MODEL_PROVIDER(
      "model.provider",
      Form.choice("auto", "openai", "rehearsal"),
      "auto",
      Scope.KERNEL,
      "`auto` uses what it finds, `openai` any endpoint of that kind, `rehearsal` a rule-based"
          + " stand-in."),
  MODEL_BASE_URL(
      "model.base-url",
      Form.URL,
      "",
      Scope.KERNEL,
      "Address of the endpoint, such as http://127.0.0.1:1234/v1."),
  MODEL_NAME("model.name", Form.TEXT, "", Scope.KERNEL, "Name of the model at the endpoint."),
  MODEL_API_KEY_ENV(
      "model.api-key-env",
      Form.VARIABLE,
      "",
      Scope.KERNEL,
      "Name of the environment variable that holds the key; never the key itself."),
  MODEL_TIMEOUT(
      "model.timeout", Form.DURATION, "PT2M", Scope.WORKERS, "Longest wait for one answer."),
  MODEL_MAX_OUTPUT_TOKENS(
      "model.max-output-tokens",
      Form.number(1, 1_000_000),
      "4096",
      Scope.WORKERS,
      "Longest answer, in tokens."),
  MODEL_MAX_ANSWER_SIZE(
      "model.max-answer-size",
      Form.SIZE,
      "1MB",
      Scope.WORKERS,
      "Longest answer, in bytes; a longer one is refused."),
  MODEL_SCRIPT(
      "model.script",
      Form.OPTIONAL_PATH,
      "",
      Scope.WORKERS,
      "A YAML file that drives the rehearsal answer by answer."),

  WORKER_JOB_TIMEOUT(
      "worker.job-timeout",
      Form.DURATION,
      "PT30S",
      Scope.WORKERS,
      "Time after which the engine hands a silent worker's job to another."),
  WORKER_THREADS(
      "worker.threads",
      Form.number(1, 512),
      "8",
      Scope.WORKERS,
      "Jobs that the workers handle at the same time."),
  PROCESS_DAILY_VERSION_QUOTA(
      "process.daily-version-quota",
      Form.number(1, 10_000),
      "50",
      Scope.WORKERS,
      "Diagram versions that may be deployed in one day."),

  SELF_REPAIR_INTERVAL(
      "self-repair.interval",
      Form.DURATION,
      "PT2M",
      Scope.WORKERS,
      "Time between two looks for processes that are stuck."),
  SELF_REPAIR_ANSWER_DUE(
      "self-repair.answer-due",
      Form.DURATION,
      "P7D",
      Scope.WORKERS,
      "Time in which a person answers about a stuck step; overdue leaves it as it is."),

  ENGINE_MODE(
      "engine.mode",
      Form.choice("local", "external"),
      "local",
      Scope.KERNEL,
      "`local` starts an engine here, `external` uses the Camunda 8 at the addresses below."),
  ENGINE_GRPC_PORT(
      "engine.grpc-port", Form.PORT, "26500", Scope.KERNEL, "Port of the local engine: gRPC."),
  ENGINE_REST_PORT(
      "engine.rest-port", Form.PORT, "8092", Scope.KERNEL, "Port of the local engine: REST."),
  ENGINE_COMMAND_PORT(
      "engine.command-port",
      Form.PORT,
      "26501",
      Scope.KERNEL,
      "Port of the local engine: commands between its parts."),
  ENGINE_INTERNAL_PORT(
      "engine.internal-port",
      Form.PORT,
      "26502",
      Scope.KERNEL,
      "Port of the local engine: cluster traffic."),
  ENGINE_MANAGEMENT_PORT(
      "engine.management-port",
      Form.PORT,
      "9600",
      Scope.KERNEL,
      "Port of the local engine: health and metrics."),
  ENGINE_MEMORY(
      "engine.memory", Form.MEMORY, "512m", Scope.KERNEL, "Java heap of the local engine."),
  ENGINE_RECORDS_KEPT(
      "engine.records-kept",
      Form.DURATION,
      "P7D",
      Scope.KERNEL,
      "Time that finished processes of the local engine can be looked at."),
  OPERATE_ENGINE_MEMORY(
      "operate.engine-memory",
      Form.MEMORY,
      "768m",
      Scope.KERNEL,
      "Java heap of the local engine while it also runs Operate and Tasklist."),
  OPERATE_SEARCH_MEMORY(
      "operate.search-memory",
      Form.MEMORY,
      "384m",
      Scope.KERNEL,
      "Java heap of the search engine behind Operate and Tasklist."),
  OPERATE_SEARCH_PORT(
      "operate.search-port", Form.PORT, "9201", Scope.KERNEL, "Port of that search engine: HTTP."),
  OPERATE_SEARCH_TRANSPORT_PORT(
      "operate.search-transport-port",
      Form.PORT,
      "9301",
      Scope.KERNEL,
      "Port of that search engine: its own protocol."),
  ENGINE_EXTERNAL_GRPC_ADDRESS(
      "engine.external.grpc-address",
      Form.URL,
      "",
      Scope.KERNEL,
      "gRPC address of an external engine, such as https://host:26500."),
  ENGINE_EXTERNAL_REST_ADDRESS(
      "engine.external.rest-address",
      Form.URL,
      "",
      Scope.KERNEL,
      "REST address of an external engine, such as https://host:8080."),
  ENGINE_EXTERNAL_AUTH(
      "engine.external.auth",
      Form.choice("none", "oauth", "saas", "basic"),
      "none",
      Scope.KERNEL,
      "How to log in to an external engine."),
  ENGINE_EXTERNAL_CLIENT_ID(
      "engine.external.client-id", Form.TEXT, "", Scope.KERNEL, "Client id (oauth, saas)."),
  ENGINE_EXTERNAL_CLIENT_SECRET_ENV(
      "engine.external.client-secret-env",
      Form.VARIABLE,
      "",
      Scope.KERNEL,
      "Name of the environment variable with the client secret (oauth, saas)."),
  ENGINE_EXTERNAL_TOKEN_URL(
      "engine.external.token-url", Form.URL, "", Scope.KERNEL, "Where tokens come from (oauth)."),
  ENGINE_EXTERNAL_AUDIENCE(
      "engine.external.audience", Form.TEXT, "", Scope.KERNEL, "Audience of the token (oauth)."),
  ENGINE_EXTERNAL_CLUSTER_ID(
      "engine.external.cluster-id", Form.TEXT, "", Scope.KERNEL, "Cluster id (saas)."),
  ENGINE_EXTERNAL_REGION(
      "engine.external.region", Form.TEXT, "", Scope.KERNEL, "Region of the cluster (saas)."),
  ENGINE_EXTERNAL_USERNAME(
      "engine.external.username", Form.TEXT, "", Scope.KERNEL, "User name (basic)."),
  ENGINE_EXTERNAL_PASSWORD_ENV(
      "engine.external.password-env",
      Form.VARIABLE,
      "",
      Scope.KERNEL,
      "Name of the environment variable with the password (basic)."),

  DATABASE_URL(
      "database.url",
      Form.JDBC_URL,
      "",
      Scope.KERNEL,
      "JDBC address of a PostgreSQL server of your own; empty starts an embedded one."),
  DATABASE_USER("database.user", Form.TEXT, "kodo", Scope.KERNEL, "User at a server of your own."),
  DATABASE_PASSWORD_ENV(
      "database.password-env",
      Form.VARIABLE,
      "",
      Scope.KERNEL,
      "Name of the environment variable with the password at a server of your own."),
  DATABASE_GUARD_USER(
      "database.guard-user",
      Form.TEXT,
      "",
      Scope.KERNEL,
      "The guard's own user at a server of your own; needed there, see operations.md."),
  DATABASE_GUARD_PASSWORD_ENV(
      "database.guard-password-env",
      Form.VARIABLE,
      "",
      Scope.KERNEL,
      "Name of the environment variable with the password of the guard's user."),
  DATABASE_EXPORTER_USER(
      "database.exporter-user",
      Form.TEXT,
      "",
      Scope.KERNEL,
      "The local engine's own user at a server of your own; without it nobody sees the engine's"
          + " incidents."),
  DATABASE_EXPORTER_PASSWORD_ENV(
      "database.exporter-password-env",
      Form.VARIABLE,
      "",
      Scope.KERNEL,
      "Name of the environment variable with the password of the engine's user."),
  DATABASE_PORT(
      "database.port", Form.PORT, "54329", Scope.KERNEL, "Port of the embedded PostgreSQL."),

  GUARD_PORT(
      "guard.port",
      Form.PORT,
      "8091",
      Scope.KERNEL,
      "Port of the guard, through which the workers call every model."),

  BUDGET_PER_DAY(
      "budget.per-day",
      Form.USD,
      "5",
      Scope.KERNEL,
      "US dollars that all agents together may spend in a day. `kodo budget set` changes it while"
          + " Kodo runs, in budget.yml, which comes before this file."),
  BUDGET_PER_HOUR(
      "budget.per-hour",
      Form.OPTIONAL_USD,
      "",
      Scope.KERNEL,
      "US dollars in an hour of the clock; a half of the day's when empty."),
  BUDGET_PER_HEARTBEAT(
      "budget.per-heartbeat",
      Form.OPTIONAL_USD,
      "",
      Scope.KERNEL,
      "US dollars in one heartbeat; two fifths of the day's when empty."),
  BUDGET_PER_CALL(
      "budget.per-call",
      Form.OPTIONAL_USD,
      "",
      Scope.KERNEL,
      "US dollars that one call may cost at worst; a fifth of the day's when empty."),
  BUDGET_PER_AGENT(
      "budget.per-agent",
      Form.OPTIONAL_USD,
      "",
      Scope.KERNEL,
      "US dollars that each agent may spend in a day; all of the day's when empty."),
  BUDGET_UNKNOWN_PRICE(
      "budget.unknown-price",
      Form.OPTIONAL_USD,
      "",
      Scope.KERNEL,
      "US dollars that a call counts whose price is unknown; a fiftieth of the day's when empty."),
  BUDGET_TIME_ZONE(
      "budget.time-zone",
      Form.OPTIONAL_ZONE,
      "",
      Scope.KERNEL,
      "Time zone in which the budget's day begins; `time-zone` when empty."),

  CHANNEL_WEBHOOK_URL(
      "channel.webhook.url",
      Form.URL,
      "",
      Scope.WORKERS,
      "Address that receives each call for help and each alert as a POST of JSON."),
  CHANNEL_LINE_TOKEN_ENV(
      "channel.line.token-env",
      Form.VARIABLE,
      "",
      Scope.WORKERS,
      "Name of the environment variable with the channel access token of LINE."),
  CHANNEL_LINE_TO(
      "channel.line.to",
      Form.TEXT,
      "",
      Scope.WORKERS,
      "User, group or room id at LINE that receives the messages."),
  CHANNEL_MAIL_HOST(
      "channel.mail.host", Form.TEXT, "", Scope.WORKERS, "Mail server that sends the messages."),
  CHANNEL_MAIL_PORT(
      "channel.mail.port",
      Form.PORT,
      "587",
      Scope.WORKERS,
      "Port of the mail server; 465 speaks TLS from the beginning."),
  CHANNEL_MAIL_USER(
      "channel.mail.user", Form.TEXT, "", Scope.WORKERS, "User at the mail server, or nothing."),
  CHANNEL_MAIL_PASSWORD_ENV(
      "channel.mail.password-env",
      Form.VARIABLE,
      "",
      Scope.WORKERS,
      "Name of the environment variable with that user's password."),
  CHANNEL_MAIL_FROM("channel.mail.from", Form.TEXT, "", Scope.WORKERS, "Sender of the messages."),
  CHANNEL_MAIL_TO("channel.mail.to", Form.TEXT, "", Scope.WORKERS, "Receiver of the messages."),

  API_PORT("api.port", Form.PORT, "8090", Scope.KERNEL, "Port of the workers' HTTP interface."),
  WORKERS_MEMORY("workers.memory", Form.MEMORY, "384m", Scope.KERNEL, "Java heap of the workers."),
  WORKERS_CONFINED(
      "workers.confined",
      Form.choice("auto", "always", "never"),
      "auto",
      Scope.KERNEL,
      "Whether the workers are locked in; `auto` means where the machine can, see confinement.md.");

  /** Who needs a value. */
  public enum Scope {
    KERNEL,
    WORKERS
  }

  private final String key;
  private final Form form;
  private final String defaultText;
  private final Scope scope;
  private final String documentation;

  ConfigKey(String key, Form form, String defaultText, Scope scope, String documentation) {
    this.key = key;
    this.form = form;
    this.defaultText = defaultText;
    this.scope = scope;
    this.documentation = documentation;
  }

  public String key() {
    return key;
  }

  public Form form() {
    return form;
  }

  public String defaultText() {
    return defaultText;
  }

  public Scope scope() {
    return scope;
  }

  public String documentation() {
    return documentation;
  }

  public static Optional<ConfigKey> of(String key) {
    return Arrays.stream(values()).filter(candidate -> candidate.key.equals(key)).findFirst();
  }

  public static List<String> keys() {
    return Arrays.stream(values()).map(ConfigKey::key).toList();
  }
}
