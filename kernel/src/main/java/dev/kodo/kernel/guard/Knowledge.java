package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.budget.Price;
import dev.kodo.kernel.budget.PriceBook;
import dev.kodo.kernel.guard.facts.Facts;
import dev.kodo.kernel.guard.facts.FactsFile;
import dev.kodo.kernel.guard.facts.Known;
import dev.kodo.kernel.guard.facts.Schema;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the guard knows of the models: it asks their servers, learns from calls, and tells. */
final class Knowledge implements Learning, AutoCloseable {
  /** Of a longer prompt nobody remembers how it began. */
  private static final int LONGEST_PROMPT = 256 << 10;

  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);
  private static final int MOST_TEXTS = 64;

  /** Longer texts are reckoned: a server's answer takes many times their size. */
  private static final int LONGEST_COUNTED = 512 << 10;

  /** What llama.cpp says when a prompt is too long for a slot. */
  private static final Pattern EXCEEDED =
      Pattern.compile("exceed_context_size_error.*?\"n_ctx\"\\s*:\\s*([0-9]{1,9})", Pattern.DOTALL);

  private final Registry registry;
  private final FactsFile file;
  private final Supplier<PriceBook> prices;
  private final Waiting waiting;
  private final Clock clock;
  private final Map<String, String> lastPrompts = new ConcurrentHashMap<>();
  private final Map<String, Instant> asked = new ConcurrentHashMap<>();
  private final Map<String, String> tooSlow = new ConcurrentHashMap<>();
  private final Set<String> probed = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Probes probes;
  private final AtomicBoolean saving = new AtomicBoolean();
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().daemon().name("guard-knowledge").unstarted(task));

  Knowledge(
      Registry registry, FactsFile file, Supplier<PriceBook> prices, Waiting waiting, Clock clock) {
    this.registry = registry;
    this.file = file;
    this.prices = prices;
    this.waiting = waiting;
    this.clock = clock;
  }

  /**
   * Asks all servers in the background.
   *
   * @param own makes the guard's own calls, from now on
   */
  void begin(Probes own) {
    probes = own;
    registry.all().forEach(this::askSoon);
  }

  /** A server that does not tell is asked again now and then. */
  private void askSoon(ModelName name) {
    Instant now = clock.instant();
    Instant last = asked.put(name.toString(), now);
    if (last != null && last.plus(ASK_AGAIN).isAfter(now)) {
      asked.put(name.toString(), last);
      return;
    }
    registry
        .provider(name.provider())
        .flatMap(provider -> provider.baseUrl().map(base -> new Inquiry(provider, base)))
        .ifPresent(
            inquiry ->
                soon(
                    () -> {
                      inquiry
                          .served(name.model(), isFree(name))
                          .ifPresent(served -> file.tell(name.toString(), served));
                      saveSoon();
                    }));
  }

  /** What fails here fails nobody's call. */
  private void soon(Runnable task) {
    try {
      background.execute(
          () -> {
            try {
              task.run();
            } catch (RuntimeException unforeseen) {
              System.err.println("Kodo: a model was not asked: " + unforeseen);
            }
          });
    } catch (RejectedExecutionException end) {
      // The guard ends; the next one asks.
    }
  }

  private boolean isFree(ModelName name) {
    return registry
        .provider(name.provider())
        .flatMap(provider -> registry.price(provider, name.model(), prices.get()))
        .filter(Price::isFree)
        .isPresent();
  }

  Facts of(Provider provider, String model) {
    return file.of(new ModelName(provider.name(), model).toString());
  }

  /** The bound of a call; throws when not even the least answer can be had in time. */
  long bound(Provider provider, Inspection call, Allowance allowance) throws CallRefused {
    String name = new ModelName(provider.name(), call.model()).toString();
    Facts facts = file.of(name);
    if (call.schema() && forgetsSchema(provider, facts)) {
      throw new CallRefused(
          GuardCode.THINKING_REFUSED,
          "Expected "
              + name
              + " to follow a schema, but its server forgets it while `thinking` is off.");
    }
    try {
      long bound = allowance.bound(provider, facts, newTokens(name, facts, call), clock.instant());
      tooSlow.remove(name);
      return bound;
    } catch (CallRefused slow) {
      tooSlow.put(name, slow.sentence());
      throw slow;
    }
  }

  private static boolean forgetsSchema(Provider provider, Facts facts) {
    return provider.thinking() == Thinking.OFF && facts.schema() == Schema.FORGOTTEN;
  }

  /** What is read anew: of a prompt that begins like the last one, a cache holds the beginning. */
  private long newTokens(String name, Facts facts, Inspection call) {
    String last = lastPrompts.get(name);
    if (last == null || facts.cache() != Known.YES || call.prompt().isEmpty()) {
      return facts.tokens(call.promptBytes());
    }
    double fresh = 1 - (double) common(last, call.prompt()) / call.prompt().length();
    return facts.tokens(Math.round(fresh * call.promptBytes()));
  }

  private static int common(String one, String other) {
    int most = Math.min(one.length(), other.length());
    int length = 0;
    while (length < most && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return length;
  }

  private void remember(String name, String prompt) {
    if (prompt.length() <= LONGEST_PROMPT) {
      lastPrompts.put(name, prompt);
    }
  }

  @Override
  public void ended(Admitted call, Measured measured) {
    ModelName name = new ModelName(call.provider().name(), call.inspection().model());
    if (Probes.PURPOSE.equals(call.reservation().request().caller().purpose())) {
      // One token proves nothing of the thoughts, and the cache holds another prompt now.
      lastPrompts.remove(name.toString());
      return;
    }
    Facts facts = file.of(name.toString());
    if (measured.status() >= 300) {
      exceeded(facts, measured);
    } else if (measured.ended() == Ended.COMPLETE
        || measured.answerBytes() + measured.thoughtBytes() > 0) {
      if (isFree(name) && facts.isAnother(measured.model(), measured.fingerprint())) {
        facts = file.forget(name.toString());
        probed.remove(name.toString());
        facts.isAnother(measured.model(), measured.fingerprint());
        askSoon(name);
      }
      remember(name.toString(), call.inspection().prompt());
      learn(facts, call, measured);
      if (facts.served().server() == null) {
        askSoon(name);
      }
      probeSoon(name, call, facts);
    }
    saveSoon();
  }

  /** After the first real call of a model that costs nothing. */
  private void probeSoon(ModelName name, Admitted call, Facts facts) {
    Probes own = probes;
    if (own == null
        || !isFree(name)
        || !Probes.areDue(call.provider(), facts)
        || !probed.add(name.toString())) {
      return;
    }
    String agent = call.reservation().request().caller().agentId();
    Thread unused =
        Thread.ofVirtual()
            .start(
                () -> {
                  own.run(call.provider(), name.model(), agent, facts);
                  saveSoon();
                });
  }

  private static void exceeded(Facts facts, Measured measured) {
    String error = measured.error();
    if (error != null) {
      Matcher told = EXCEEDED.matcher(error);
      if (told.find()) {
        facts.exceeded(Integer.parseInt(told.group(1)));
      }
    }
  }

  private void learn(Facts facts, Admitted call, Measured measured) {
    Measured.Tokens tokens = measured.tokens();
    Integer thinking = tokens.thinking();
    long thought = thinking == null ? shown(facts, measured) : thinking;
    facts.learn(
        new Facts.Call(
            call.inspection().promptBytes(),
            call.inspection().leastTokens(),
            tokens.reported(),
            measured.ended() == Ended.COMPLETE,
            tokens.input(),
            tokens.cached(),
            (int) Math.min(thought, Integer.MAX_VALUE)),
        clock.instant());
    Measured.Pace read = measured.read();
    if (read != null) {
      Integer counted = read.tokens();
      if (counted != null) {
        facts.read(counted, read.millis());
      } else if (facts.readPerSecond().isEmpty()) {
        // A call that was cut tells no tokens; without any speed the next would be cut as well.
        facts.read((int) facts.tokens(call.inspection().promptBytes()), read.millis());
      }
    }
    Measured.Pace write = measured.write();
    if (write != null) {
      facts.written(write.tokens(), write.millis(), clock.instant());
    }
  }

  /** Thoughts that came and that nobody counted. */
  private static long shown(Facts facts, Measured measured) {
    return measured.thoughtBytes() == 0 ? 0 : facts.tokens(measured.thoughtBytes());
  }

  /** Not after the end: the next kernel may have written by then. */
  private void saveSoon() {
    if (saving.compareAndSet(false, true)) {
      soon(this::save);
    }
  }

  private void save() {
    saving.set(false);
    try {
      file.save();
    } catch (IOException e) {
      System.err.println("Kodo: what is known of the models was not kept: " + e.getMessage());
    }
  }

  /** The report of GET /models. */
  ObjectNode json() {
    ObjectNode json = Json.object();
    ArrayNode models = json.putArray("models");
    for (ModelName name : registry.all()) {
      registry
          .provider(name.provider())
          .ifPresent(provider -> write(models.addObject(), provider, name));
    }
    return json;
  }

  private void write(ObjectNode json, Provider provider, ModelName name) {
    Optional<Price> price = registry.price(provider, name.model(), prices.get());
    json.put("provider", provider.name()).put("model", name.model());
    json.put("kind", provider.kind().wireName());
    Facts facts = file.of(name.toString());
    facts.writeTo(json);
    if (facts.schema() == Schema.FORGOTTEN) {
      boolean off = provider.thinking() == Thinking.OFF;
      json.put("schema", (off ? Schema.IGNORED : Schema.ENFORCED).word());
    }
    json.put("thinking", provider.thinking().word());
    json.put("thinking_refused", forgetsSchema(provider, facts));
    json.put("max_output_tokens", provider.maxOutputTokens());
    json.put("timeout", provider.timeout().toString());
    json.put("priced", price.filter(Price::isFree).isEmpty());
    json.put("cache_prices", price.filter(p -> p.cache().writePerMillion() != null).isPresent());
    json.put("too_slow", tooSlow.get(name.toString()));
    Optional<Waiting.Place> longest = waiting.longest(provider.name());
    if (longest.isEmpty()) {
      json.putNull("waiting");
    } else {
      json.putObject("waiting")
          .put("for", longest.get().reason().word())
          .put("since", longest.get().since().toString());
    }
  }

  /** The report of POST /models/{provider}/count: how many tokens texts are. */
  ObjectNode count(String providerName, byte[] body) throws CallRefused {
    Provider provider =
        registry
            .provider(providerName)
            .filter(Provider::speaksHttp)
            .orElseThrow(Admission::unknownPath);
    ObjectNode question = StrictJson.request(body);
    CallShape.allow(question, "", Set.of("model", "texts"));
    String model = question.path("model").asText();
    JsonNode texts = question.path("texts");
    if (!registry.lists(providerName, model) || !texts.isArray() || texts.size() > MOST_TEXTS) {
      throw CallShape.malformed("texts", "at most " + MOST_TEXTS + " texts of a listed model");
    }
    Facts facts = of(provider, model);
    ObjectNode json = Json.object();
    List<Long> counted = tokenized(provider, facts, model, texts);
    ArrayNode tokens = json.putArray("tokens");
    if (!counted.isEmpty()) {
      counted.forEach(tokens::add);
      return json.put("how", "tokenize");
    }
    boolean ratio = facts.bytesPerToken().isPresent();
    for (JsonNode text : texts) {
      TokenFloor length = new TokenFloor();
      length.add(text.asText());
      tokens.add(ratio ? facts.tokens(length.bytes()) : length.bytes());
    }
    return json.put("how", ratio ? "ratio" : "bytes");
  }

  /** Empty when the server does not count, or not all of them. */
  private static List<Long> tokenized(
      Provider provider, Facts facts, String model, JsonNode texts) {
    long length = 0;
    for (JsonNode text : texts) {
      length += text.asText().length();
    }
    if (!facts.served().tokenizes() || length > LONGEST_COUNTED) {
      return List.of();
    }
    Inquiry inquiry = new Inquiry(provider, provider.baseUrl().orElseThrow());
    List<Long> counted = new ArrayList<>();
    for (JsonNode text : texts) {
      Optional<Long> tokens = inquiry.tokens(facts.served(), model, text.asText());
      if (tokens.isEmpty()) {
        return List.of();
      }
      counted.add(tokens.get());
    }
    return counted;
  }

  /** What is asked meanwhile is not waited for. */
  @Override
  public void close() {
    background.shutdownNow();
    save();
  }
}
