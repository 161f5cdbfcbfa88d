package dev.kodo.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.config.KodoProperties;
import dev.kodo.model.anthropic.AnthropicWire;
import dev.kodo.model.http.ChatEndpoint;
import dev.kodo.model.http.ConstitutionEndpoint;
import dev.kodo.model.http.EndpointSettings;
import dev.kodo.model.http.Target;
import dev.kodo.model.ollama.OllamaWire;
import dev.kodo.model.openai.OpenAiWire;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes providers out of the entries of the models file: each entry one, also in two classes. */
final class Connection {
  private static final Duration LOADING = Duration.ofMinutes(10);
  private static final Duration CONSTITUTION_TIMEOUT = Duration.ofSeconds(5);
  private static final int LARGEST_CONSTITUTION = 256 * 1024;
  private static final int LARGEST_ANSWER = 64 * 1024 * 1024;

  private final KodoProperties.Model usual;
  private final KodoProperties.@Nullable Guard guard;
  private final ObjectMapper json;
  private final Clock clock;
  private final Dialects dialects;
  private final ModelFacts facts;
  private final @Nullable Constitution constitution;
  private final Map<ModelsFile.Entry, Provider> providers = new HashMap<>();
  private final Map<String, Breaker> breakers = new HashMap<>();

  Connection(
      KodoProperties properties,
      ObjectMapper json,
      Clock clock,
      Dialects dialects,
      ModelFacts facts) {
    this.usual = properties.model();
    this.guard = properties.guard();
    this.json = json;
    this.clock = clock;
    this.dialects = dialects;
    this.facts = facts;
    this.constitution = guard == null ? null : constitution(guard);
  }

  private static Constitution constitution(KodoProperties.Guard guard) {
    return new Constitution(
        new ConstitutionEndpoint(
            new Target(
                guard.address(), guard.token(), CONSTITUTION_TIMEOUT, LARGEST_CONSTITUTION)));
  }

  /**
   * @throws IllegalStateException when an entry does not lead through the guard
   */
  Providers providers(Map<ModelClass, List<ModelsFile.Entry>> classes) {
    Map<ModelClass, List<Provider>> connected = new EnumMap<>(ModelClass.class);
    classes.forEach(
        (modelClass, entries) ->
            connected.put(modelClass, entries.stream().map(this::provider).toList()));
    return new Providers(connected);
  }

  private Provider provider(ModelsFile.Entry entry) {
    Provider known = providers.get(entry);
    if (known == null) {
      String name = entry.provider() + "/" + entry.model();
      known =
          new Provider(
              model(entry), breakers.computeIfAbsent(name, each -> new Breaker(each, clock)));
      providers.put(entry, known);
    }
    return known;
  }

  private LanguageModel model(ModelsFile.Entry entry) {
    return switch (entry.kind()) {
      case REHEARSAL -> new RehearsalModel(Script.of(usual.script()), json);
      case OPENAI -> guarded(entry, new OpenAiWire(), null);
      case ANTHROPIC -> guarded(entry, new AnthropicWire(), new CacheMark(clock));
      case OLLAMA -> guarded(entry, new OllamaWire(), null);
    };
  }

  private GuardedModel guarded(
      ModelsFile.Entry entry, ChatEndpoint.Wire wire, @Nullable CacheMark mark) {
    if (guard == null || constitution == null) {
      throw new IllegalStateException(
          "The models file names the provider %s, but kodo.guard.address and kodo.guard.token are not set. The kernel sets them: start Kodo with kodo up."
              .formatted(entry.provider()));
    }
    String address = String.valueOf(entry.baseUrl());
    // The token opens the guard; it must not be sent anywhere else.
    if (!address.startsWith(guard.address() + "/")) {
      throw new IllegalStateException(
          "Expected the baseUrl of the provider %s in the models file to be an address at the guard %s."
              .formatted(entry.provider(), guard.address()));
    }
    return new GuardedModel(
        new ModelDescription(entry.provider(), entry.model(), false, address),
        new ChatEndpoint(settings(entry, guard, address), wire),
        constitution,
        new Verdicts(clock),
        dialects,
        facts,
        mark);
  }

  private EndpointSettings settings(
      ModelsFile.Entry entry, KodoProperties.Guard at, String address) {
    int largest = Math.clamp(usual.maxAnswerSize().toBytes(), 1, LARGEST_ANSWER);
    @Nullable Integer most = entry.maxOutputTokens();
    return new EndpointSettings(
        new Target(address, at.token(), patience(entry), largest),
        entry.model(),
        most == null ? usual.maxOutputTokens() : most,
        entry.kind() != ModelsFile.Kind.OPENAI || !Boolean.FALSE.equals(entry.streams()));
  }

  /**
   * The guard is the clock of a call: it waits for a free slot (half the time-out), for a model
   * that loads, and for the answer. The body gives up only when the guard itself must have gone.
   */
  private Duration patience(ModelsFile.Entry entry) {
    @Nullable Duration known = entry.timeout();
    @Nullable Duration loading = entry.loadTimeout();
    Duration timeout = known == null ? usual.timeout() : known;
    return timeout.multipliedBy(2).plus(loading == null ? LOADING : loading);
  }
}
