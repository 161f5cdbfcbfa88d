package dev.kodo.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the kernel tells the body. Every key is documented in {@code docs/configuration.md}, which
 * is made from the kernel's table of keys.
 *
 * @param installation folder that holds {@code processes/} and {@code forms/}
 * @param engineId identifies the engine whose element instance keys the database knows
 * @param apiToken bearer token of the HTTP API
 * @param engineView how the body sees where processes are stuck
 */
@Validated
@ConfigurationProperties("kodo")
public record KodoProperties(
    @NotNull Path installation,
    @NotBlank String engineId,
    @NotBlank String apiToken,
    @DefaultValue("none") EngineView engineView,
    @NotEmpty @DefaultValue("main") List<String> agents,
    @Nullable ZoneId timeZone,
    @NotNull @Valid Workspace workspace,
    @Valid @DefaultValue Heartbeat heartbeat,
    @Valid @DefaultValue Theme theme,
    @Valid @DefaultValue RoutineLooks routine,
    @Valid @DefaultValue Pruning pruning,
    @Valid @DefaultValue Model model,
    @NotNull @Valid Models models,
    @Nullable @Valid Guard guard,
    @Valid @DefaultValue Channel channel,
    @Valid @DefaultValue Worker worker,
    @Valid @DefaultValue SelfRepair selfRepair,
    @Valid @DefaultValue Deployment process) {

  public KodoProperties {
    agents = List.copyOf(agents);
  }

  /** The owner's time zone, in which heartbeat ids and days are counted. */
  public ZoneId zone() {
    return timeZone == null ? ZoneId.systemDefault() : timeZone;
  }

  /** Who collects what the engine records. */
  public enum EngineView {
    /** The local engine's exporter, in the schema {@code engine} of the database. */
    RECORDS,
    /** The search of a Camunda cluster. */
    SEARCH,
    /** Nobody. */
    NONE
  }

  /**
   * @param interval pause between two looks for stuck steps
   * @param answerDue how long a person is waited for; no answer leaves the step as it is
   */
  public record SelfRepair(
      @DefaultValue("PT2M") Duration interval, @DefaultValue("P7D") Duration answerDue) {}

  /**
   * @param path folder with one subfolder per agent
   */
  public record Workspace(@NotNull Path path) {}

  /**
   * @param interval pause between two beats
   * @param timeLimit how long an activity may take
   * @param maxTimeLimit ceiling for a longer limit that an activity declares beforehand
   * @param reviewDue how long a stopped agent waits for its review; no answer means no
   */
  public record Heartbeat(
      @DefaultValue("PT30M") Duration interval,
      @DefaultValue("PT10M") Duration timeLimit,
      @DefaultValue("PT1H") Duration maxTimeLimit,
      @DefaultValue("P7D") Duration reviewDue) {}

  /**
   * @param maxSize a larger theme file is refused
   * @param settle a file that changed less than this ago is still being written
   */
  public record Theme(
      @DefaultValue("1MB") DataSize maxSize, @DefaultValue("PT3S") Duration settle) {}

  /**
   * @param eventLook pause between two looks while a routine waits for an event or a file
   * @param idleLook the longest pause otherwise, after which a changed file is noticed
   */
  public record RoutineLooks(
      @DefaultValue("PT15S") Duration eventLook, @DefaultValue("PT1M") Duration idleLook) {}

  /**
   * How long is kept what ended sessions leave.
   *
   * @param interval pause between two prunings
   * @param effects how long a job's stored result stays after the engine can hand the job out again
   *     no more
   * @param routineRuns how many runs of each routine stay in the record
   * @param batch how much of a kind is removed at once
   */
  public record Pruning(
      @DefaultValue("PT10M") Duration interval,
      @DefaultValue("P7D") Duration effects,
      @DefaultValue("P90D") Duration notices,
      @DefaultValue("P90D") Duration decisions,
      @Positive @DefaultValue("200") int routineRuns,
      @Positive @DefaultValue("500") int batch) {}

  /**
   * @param timeout for one call, where the models file names no other
   * @param maxOutputTokens for one answer, where the models file names no other number
   * @param script YAML file that drives the rehearsal answer by answer
   */
  public record Model(
      @DefaultValue("PT2M") Duration timeout,
      @Positive @DefaultValue("4096") int maxOutputTokens,
      @DefaultValue("1MB") DataSize maxAnswerSize,
      @Nullable Path script) {}

  /**
   * @param file in which the kernel names the providers of each class of models
   */
  public record Models(@NotNull Path file) {}

  /**
   * The kernel's guard, which every call to a model passes; absent when only the rehearsal answers.
   *
   * @param address such as {@code http://127.0.0.1:8091}, without a slash at its end
   * @param token lets the guard know the body
   */
  public record Guard(@NotBlank String address, @NotBlank String token) {}

  /** How the owner is reached beside the log; a channel that is absent is not used. */
  public record Channel(
      @Nullable @Valid Webhook webhook, @Nullable @Valid Line line, @Nullable @Valid Mail mail) {}

  /**
   * @param url receives each message as a POST of JSON
   * @param timeout for one delivery
   */
  public record Webhook(@NotBlank String url, @DefaultValue("PT10S") Duration timeout) {}

  /**
   * @param tokenEnv name of the environment variable that holds the channel access token
   * @param to user, group or room id that receives the messages
   * @param endpoint address of LINE's Messaging API
   * @param timeout for one delivery
   */
  public record Line(
      @NotBlank String tokenEnv,
      @NotBlank String to,
      @DefaultValue("https://api.line.me") String endpoint,
      @DefaultValue("PT10S") Duration timeout) {}

  /**
   * @param port 465 speaks TLS from the beginning; any other port takes STARTTLS where it is
   *     offered and, when a user logs in to another machine, insists on it
   * @param user absent when the server wants nobody to log in
   * @param passwordEnv name of the environment variable that holds the user's password
   * @param timeout for each step of one delivery
   */
  public record Mail(
      @NotBlank String host,
      @Positive @DefaultValue("587") int port,
      @Nullable String user,
      @Nullable String passwordEnv,
      @NotBlank String from,
      @NotBlank String to,
      @DefaultValue("PT10S") Duration timeout) {}

  /**
   * @param jobTimeout after which a job of a dead worker is handed out again; extended while the
   *     work goes on
   * @param threads how many jobs are worked on at once
   */
  public record Worker(
      @DefaultValue("PT30S") Duration jobTimeout, @Positive @DefaultValue("8") int threads) {}

  /**
   * @param dailyVersionQuota how many new versions of one diagram may be deployed in a day
   */
  public record Deployment(@Positive @DefaultValue("50") int dailyVersionQuota) {}
}
