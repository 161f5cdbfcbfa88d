package dev.kodo.kernel.guard.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one model of one provider. Thread-safe. */
public final class Facts {
  /** Calls whose thoughts count for the room that the next one gets. */
  static final int CALLS_WITH_THOUGHTS = 20;

  /** Tokens for the thoughts of a model that has not answered yet. */
  static final int FIRST_ROOM = 2_048;

  /** Calls in a row without a cached token after which there is taken to be no cache. */
  static final int CALLS_WITHOUT_CACHE = 10;

  /** Before any call was counted: below what tokenizers make of Japanese or of program text. */
  private static final double FIRST_BYTES_PER_TOKEN = 2;

  /** No tokenizer in use packs more bytes of text into a token, over a whole prompt. */
  private static final int MOST_BYTES_PER_TOKEN = 8;

  /** Fewer tokens say more of the call's overhead than of the speed. */
  private static final int LEAST_READ = 64;

  private static final int LEAST_WRITTEN = 16;
  private static final int LEAST_CONTEXT = 2_048;
  private static final double WEIGHT_OF_THE_LAST = 0.3;

  /** One slow call may have met a busy machine. */
  private static final int SPEEDS_TO_REFUSE = 3;

  /** After so long without a call, a speed is worth measuring again. */
  private static final Duration SPEED_LASTS = Duration.ofMinutes(5);

  private final Instant since;
  private Served served = Served.NOTHING;
  private @Nullable Integer contextSeen;
  private @Nullable Double bytesPerToken;
  private Known usage = Known.UNKNOWN;
  private Known cache = Known.UNKNOWN;
  private int uncached;
  private final Deque<Integer> thoughts = new ArrayDeque<>();
  private @Nullable Double readPerSecond;
  private @Nullable Double writePerSecond;
  private int speeds;
  private Instant lastSpeed = Instant.EPOCH;
  private Schema schema = Schema.UNKNOWN;
  private String schemaThinking = "";
  private Known tools = Known.UNKNOWN;
  private int probes;
  private String answered = "";
  private @Nullable CutPrompt cutPrompt;

  /**
   * A prompt of which the server read less than was sent.
   *
   * @param sent tokens, estimated
   * @param counted tokens, by the server
   */
  public record CutPrompt(long sent, int counted, Instant at) {}

  /**
   * What an answered call has shown.
   *
   * @param promptBytes of the text that was sent, in UTF-8
   * @param leastTokens that this text is in any case
   * @param reported whether the answer counts its tokens
   * @param whole whether the answer is complete, so that a count should have come
   */
  public record Call(
      long promptBytes,
      long leastTokens,
      boolean reported,
      boolean whole,
      @Nullable Integer input,
      @Nullable Integer cached,
      int thinking) {}

  Facts(Instant since) {
    this.since = since;
  }

  Instant since() {
    return since;
  }

  public synchronized Served served() {
    return served;
  }

  /** Takes what the server told; what it loads now counts more than what an error said before. */
  public synchronized void tell(Served told) {
    served = told;
    contextSeen = told.context() == null ? contextSeen : null;
  }

  /**
   * Takes the names that an answer gives itself; true when an earlier one gave itself others. What
   * an answer leaves out says nothing.
   */
  public synchronized boolean isAnother(@Nullable String model, @Nullable String fingerprint) {
    String[] before = (answered + "\n").split("\n", -1);
    String name = model == null ? before[0] : model.replace('\n', ' ');
    String mark = fingerprint == null ? before[1] : fingerprint.replace('\n', ' ');
    answered = name + "\n" + mark;
    return (!before[0].isEmpty() && !before[0].equals(name))
        || (!before[1].isEmpty() && !before[1].equals(mark));
  }

  /** Takes note that a server was made to load so much context. */
  public synchronized void grow(int context) {
    Integer loaded = served.context();
    if (context > 0 && (loaded == null || loaded < context)) {
      served = served.with(context);
    }
  }

  /** Learns from a call that was answered, also from one that was cut. */
  public synchronized void learn(Call call, Instant now) {
    thoughts.addLast(call.thinking);
    if (thoughts.size() > CALLS_WITH_THOUGHTS) {
      thoughts.removeFirst();
    }
    if (call.reported || call.whole) {
      usage = Known.of(call.reported);
    }
    Integer input = call.input;
    if (!call.reported || input == null || input == 0) {
      return;
    }
    learnCache(call.cached);
    long least = Math.max(call.leastTokens, call.promptBytes / MOST_BYTES_PER_TOKEN);
    if (input < least) {
      cut(Math.max(least, tokens(call.promptBytes)), input, now);
      return;
    }
    if (cutPrompt != null && input >= cutPrompt.sent) {
      cutPrompt = null;
    }
    double ratio = (double) call.promptBytes / input;
    bytesPerToken = bytesPerToken == null ? ratio : Math.min(bytesPerToken, ratio);
  }

  /** Older versions of Ollama leave cached tokens out of their count, which is no cut. */
  private void cut(long sent, int counted, Instant now) {
    Integer context = served.context();
    boolean full = context != null && counted >= 0.9 * context;
    if (full || !Served.OLLAMA.equals(served.server())) {
      cutPrompt = new CutPrompt(sent, counted, now);
      // A smaller context is a provider that counts wrongly: it would lock the model out.
      contextSeen =
          context == null && counted >= LEAST_CONTEXT ? Integer.valueOf(counted) : contextSeen;
    }
  }

  private void learnCache(@Nullable Integer cached) {
    uncached = cached != null && cached > 0 ? 0 : uncached + 1;
    if (uncached == 0) {
      cache = Known.YES;
    } else if (uncached >= CALLS_WITHOUT_CACHE) {
      cache = Known.NO;
    }
  }

  /** Learns a speed of reading; neither cached tokens nor loading nor waiting must be in it. */
  public synchronized void read(@Nullable Integer tokens, long millis) {
    readPerSecond = mixed(readPerSecond, tokens, millis, LEAST_READ);
  }

  /** Learns a speed of writing. */
  public synchronized void written(@Nullable Integer tokens, long millis, Instant now) {
    writePerSecond = mixed(writePerSecond, tokens, millis, LEAST_WRITTEN);
    if (tokens != null && tokens >= LEAST_WRITTEN) {
      speeds++;
      lastSpeed = now;
    }
  }

  /**
   * Whether a call may be refused because of the speeds: several calls have shown them, the last
   * one a short time ago. Else a call goes out and shows them anew, because without calls no speed
   * would ever change.
   */
  public synchronized boolean knowsSpeed(Instant now) {
    return speeds >= SPEEDS_TO_REFUSE && now.isBefore(lastSpeed.plus(SPEED_LASTS));
  }

  private static @Nullable Double mixed(
      @Nullable Double known, @Nullable Integer tokens, long millis, int least) {
    if (tokens == null || tokens < least || millis < 1) {
      return known;
    }
    double speed = tokens * 1_000.0 / millis;
    return known == null ? speed : known + WEIGHT_OF_THE_LAST * (speed - known);
  }

  /** Learns the context from a server that refused a prompt as too long. */
  public synchronized void exceeded(int context) {
    contextSeen = context;
  }

  /**
   * Takes what a probe has shown.
   *
   * @param thinking the word for what was said of thinking then
   */
  public synchronized void schema(Schema found, String thinking) {
    schema = found;
    schemaThinking = thinking;
  }

  public synchronized String schemaThinking() {
    return schemaThinking;
  }

  public synchronized void tools(Known found) {
    tools = found;
  }

  /** Counts a probe; false when there were as many as there may be. */
  public synchronized boolean probe(int most) {
    return probes < most && ++probes > 0;
  }

  public synchronized Schema schema() {
    return schema;
  }

  public synchronized Known tools() {
    return served.tools() == Known.UNKNOWN ? tools : served.tools();
  }

  public synchronized Known cache() {
    return cache;
  }

  public synchronized Optional<CutPrompt> cutPrompt() {
    return Optional.ofNullable(cutPrompt);
  }

  public synchronized Optional<Double> readPerSecond() {
    return Optional.ofNullable(readPerSecond);
  }

  public synchronized Optional<Double> writePerSecond() {
    return Optional.ofNullable(writePerSecond);
  }

  /** The most tokens of thought that one of the last calls took. */
  public synchronized int mostThought() {
    return thoughts.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  public synchronized Known thinks() {
    if (mostThought() > 0) {
      return Known.YES;
    }
    return thoughts.isEmpty() ? Known.UNKNOWN : Known.NO;
  }

  /** Tokens that the next call gets for thoughts, beside its answer. */
  public synchronized int room() {
    return switch (thinks()) {
      case YES -> (int) Math.min(Integer.MAX_VALUE, 2L * mostThought());
      case NO -> 0;
      case UNKNOWN -> FIRST_ROOM;
    };
  }

  /** Tokens of prompt and answer together; what a server can load on demand counts as there. */
  public synchronized Optional<Integer> context() {
    if (contextSeen != null) {
      return Optional.of(contextSeen);
    }
    return Optional.ofNullable(
        served.mostContext() == null ? served.context() : served.mostContext());
  }

  /** The least bytes of text that made a token in any call so far. */
  public synchronized Optional<Double> bytesPerToken() {
    return Optional.ofNullable(bytesPerToken);
  }

  /** How many tokens a text of so many bytes is at most, by the calls so far. */
  public synchronized long tokens(long bytes) {
    return (long) Math.ceil(bytes / bytesPerToken().orElse(FIRST_BYTES_PER_TOKEN));
  }

  /** What people and the body are told. */
  public synchronized void writeTo(ObjectNode json) {
    json.put("server", served.server()).put("fingerprint", served.fingerprint());
    json.put("context_tokens", context().orElse(null));
    json.put("tokenize", served.tokenizes()).put("bytes_per_token", bytesPerToken);
    json.put("tools", tools().word());
    json.put("schema", schema.word());
    json.put("usage", usage.word()).put("cache", cache.word());
    json.put("thinks", thinks().word()).put("think_room", room());
    json.put("read_per_second", readPerSecond).put("write_per_second", writePerSecond);
    CutPrompt cut = cutPrompt;
    if (cut == null) {
      json.putNull("cut_prompt");
    } else {
      json.putObject("cut_prompt")
          .put("sent", cut.sent)
          .put("counted", cut.counted)
          .put("at", cut.at.toString());
    }
  }

  synchronized ObjectNode json() {
    ObjectNode json = Json.object().put("since", since.toString());
    writeTo(json);
    json.set("served", served.json());
    json.put("tools", tools.word()).put("schema_thinking", schemaThinking);
    json.put("answered", answered)
        .put("context_seen", contextSeen)
        .put("uncached", uncached)
        .put("probes", probes)
        .put("speeds", speeds)
        .put("last_speed", lastSpeed.toString());
    ArrayNode all = json.putArray("thoughts");
    thoughts.forEach(all::add);
    return json;
  }

  /**
   * What was written before; throws {@link DateTimeException} for a text that {@link #json} did not
   * write.
   */
  static Facts of(JsonNode json) {
    Facts facts = new Facts(Instant.parse(json.path("since").asText()));
    facts.served = Served.of(json.path("served"));
    facts.contextSeen = Served.number(json.path("context_seen"));
    facts.bytesPerToken = amount(json.path("bytes_per_token"));
    facts.usage = Known.parse(json.path("usage").asText());
    facts.cache = Known.parse(json.path("cache").asText());
    facts.uncached = json.path("uncached").asInt();
    for (JsonNode thought : json.path("thoughts")) {
      facts.thoughts.addLast(thought.asInt());
    }
    facts.readPerSecond = amount(json.path("read_per_second"));
    facts.writePerSecond = amount(json.path("write_per_second"));
    facts.speeds = json.path("speeds").asInt();
    facts.lastSpeed = Instant.parse(json.path("last_speed").asText("1970-01-01T00:00:00Z"));
    facts.schema = Schema.parse(json.path("schema").asText());
    facts.schemaThinking = json.path("schema_thinking").asText("");
    facts.tools = Known.parse(json.path("tools").asText());
    facts.probes = json.path("probes").asInt();
    facts.answered = json.path("answered").asText("");
    JsonNode cut = json.path("cut_prompt");
    if (cut.isObject()) {
      facts.cutPrompt =
          new CutPrompt(
              cut.path("sent").asLong(),
              cut.path("counted").asInt(),
              Instant.parse(cut.path("at").asText()));
    }
    return facts;
  }

  private static @Nullable Double amount(JsonNode value) {
    return value.isNumber() && value.doubleValue() > 0 ? value.doubleValue() : null;
  }
}
