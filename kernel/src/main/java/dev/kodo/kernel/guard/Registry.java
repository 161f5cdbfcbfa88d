package dev.kodo.kernel.guard;

import dev.kodo.kernel.budget.Price;
import dev.kodo.kernel.budget.PriceBook;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.model.ModelChoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The providers, and which models of them answer for which class, the best first. A class without
 * models is the rehearsal's.
 */
public final class Registry {
  static final List<String> CLASSES = List.of("best", "cheap", "minimal");

  private final Map<String, Provider> providers;
  private final Map<String, List<ModelName>> classes;
  private final String reason;

  /**
   * Providers and classes.
   *
   * @param reason why these, for the person who starts Kodo
   */
  Registry(Map<String, Provider> providers, Map<String, List<ModelName>> classes, String reason) {
    this.providers = Map.copyOf(providers);
    this.classes = Map.copyOf(classes);
    this.reason = reason;
  }

  /** The first model of the best class, as people are told of it. */
  public ModelChoice best() {
    List<ModelName> models = ofClass(CLASSES.getFirst());
    if (models.isEmpty()) {
      return ModelChoice.rehearsal(reason);
    }
    ModelName first = models.getFirst();
    Optional<Provider> provider = provider(first.provider());
    return new ModelChoice(
        provider.map(found -> found.kind().wireName()).orElse(first.provider()),
        first.model(),
        provider.flatMap(Provider::baseUrl).map(URI::toString).orElse("a command"),
        "",
        reason);
  }

  /** From models.yml when it is there, else from the one model that was found or configured. */
  public static Registry of(
      KodoHome home, Config config, Map<String, String> environment, Supplier<ModelChoice> choice)
      throws IOException {
    return Files.exists(home.models())
        ? new ModelsYaml(home.models(), config, environment).parse(Files.readString(home.models()))
        : of(config, environment, choice.get());
  }

  /** The same model for all classes. A server on this machine is taken to be free. */
  static Registry of(Config config, Map<String, String> environment, ModelChoice choice) {
    if (choice.isRehearsal()) {
      return new Registry(Map.of(), Map.of(), choice.reason());
    }
    URI base = URI.create(choice.baseUrl());
    String host = String.valueOf(base.getHost());
    boolean local = Provider.isLoopback(host);
    Provider provider =
        new Provider(
            nameOf(host, local),
            kind(choice.provider()),
            Optional.of(base),
            ProviderKey.of(choice.apiKeyEnv(), environment),
            local ? Optional.of(Price.FREE) : Optional.empty(),
            config.duration(ConfigKey.MODEL_TIMEOUT),
            Provider.LOAD_TIMEOUT,
            config.number(ConfigKey.MODEL_MAX_OUTPUT_TOKENS),
            List.of(),
            Thinking.AS_IT_IS);
    List<ModelName> models = List.of(new ModelName(provider.name(), choice.name()));
    Map<String, List<ModelName>> classes = new LinkedHashMap<>();
    CLASSES.forEach(name -> classes.put(name, models));
    return new Registry(Map.of(provider.name(), provider), classes, choice.reason());
  }

  private static Provider.Kind kind(String word) {
    return word.equals("ollama") ? Provider.Kind.OLLAMA : Provider.Kind.OPENAI;
  }

  /** The name under which prices.yml has the prices of a well-known host. */
  private static String nameOf(String host, boolean local) {
    return switch (host) {
      case "api.openai.com" -> "openai";
      case "openrouter.ai" -> "openrouter";
      default -> local ? "local" : "configured";
    };
  }

  Optional<Provider> provider(String name) {
    return Optional.ofNullable(providers.get(name));
  }

  boolean lists(String provider, String model) {
    ModelName wanted = new ModelName(provider, model);
    return classes.values().stream().anyMatch(models -> models.contains(wanted));
  }

  List<ModelName> ofClass(String name) {
    return classes.getOrDefault(name, List.of());
  }

  /** All models that any class lists, each once. */
  List<ModelName> all() {
    Set<ModelName> all = new LinkedHashSet<>();
    CLASSES.forEach(name -> all.addAll(ofClass(name)));
    return List.copyOf(all);
  }

  /** What a call of this model costs, as far as anybody says. A price in the book comes first. */
  Optional<Price> price(Provider provider, String model, PriceBook book) {
    return book.of(provider.name(), model).or(provider::own);
  }

  /** Whether no call can cost anything; so it is where only the rehearsal answers. */
  boolean isFree(PriceBook book) {
    return classes.values().stream()
        .flatMap(List::stream)
        .allMatch(
            name ->
                provider(name.provider())
                    .flatMap(provider -> price(provider, name.model(), book))
                    .filter(Price::isFree)
                    .isPresent());
  }

  /** Providers to which calls go over plain HTTP beyond this machine, by name. */
  public List<String> readableOnTheWay() {
    return providers.values().stream()
        .filter(Provider::isReadableOnTheWay)
        .map(Provider::name)
        .sorted()
        .toList();
  }

  /** Models whose calls are counted with the ceiling, as nobody says what they cost. */
  public List<String> unpriced(PriceBook book) {
    return all().stream()
        .filter(
            name ->
                provider(name.provider())
                    .flatMap(provider -> price(provider, name.model(), book))
                    .isEmpty())
        .map(ModelName::toString)
        .toList();
  }
}
