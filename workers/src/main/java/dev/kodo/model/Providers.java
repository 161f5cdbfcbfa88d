package dev.kodo.model;

import dev.kodo.worker.JobFailure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The providers of each class, in order of preference. */
final class Providers {
  private final Map<ModelClass, List<Provider>> classes;

  /** Expects at least one provider for {@link ModelClass#BEST}. */
  Providers(Map<ModelClass, List<Provider>> classes) {
    this.classes = new EnumMap<>(classes);
  }

  /**
   * @throws JobFailure (retry, then an incident) when no provider is configured for the class
   */
  List<Provider> of(ModelClass wanted) {
    List<Provider> providers = classes.get(wanted);
    if (providers == null) {
      throw JobFailure.retry(
          "No provider is configured for the class '%s' of the variable 'modelClass'. Name one in models.yml."
              .formatted(wanted.id()),
          null);
    }
    return providers;
  }

  /** The one that answers when all is well and nobody asks for another class. */
  Provider first() {
    return of(ModelClass.BEST).getFirst();
  }

  List<ProviderStatus> status(Function<ModelDescription, Dialect> dialects) {
    return classes.entrySet().stream()
        .flatMap(
            entry -> entry.getValue().stream().map(each -> status(entry.getKey(), each, dialects)))
        .toList();
  }

  private static ProviderStatus status(
      ModelClass modelClass, Provider provider, Function<ModelDescription, Dialect> dialects) {
    String told = dialects.apply(provider.description()).told();
    return new ProviderStatus(
        modelClass.id(),
        provider.description().provider(),
        provider.description().name(),
        provider.breaker().state().id(),
        provider.breaker().lastFailure().orElse(null),
        told.isEmpty() ? null : told);
  }
}
