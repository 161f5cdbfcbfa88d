package dev.kodo.kernel.guard;

import dev.kodo.kernel.budget.Price;
import dev.kodo.kernel.budget.Usd;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.config.ConfigReader;
import dev.kodo.kernel.config.ConfigReader.Entry;
import dev.kodo.kernel.config.Durations;
import dev.kodo.kernel.config.NearestKey;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads models.yml; a problem names the line and the key. */
final class ModelsYaml {
  private static final String REHEARSAL = "rehearsal";
  private static final List<String> WORDS =
      List.of(
          "kind",
          "base-url",
          "key-env",
          "free",
          "timeout",
          "load-timeout",
          "thinking",
          "max-output-tokens",
          "command",
          "price-per-call",
          "charge-errors");

  private final Path file;
  private final Config config;
  private final Map<String, String> environment;

  ModelsYaml(Path file, Config config, Map<String, String> environment) {
    this.file = file;
    this.config = config;
    this.environment = environment;
  }

  Registry parse(String text) {
    Map<String, Map<String, Entry>> providers = new LinkedHashMap<>();
    Map<String, Entry> classes = new LinkedHashMap<>();
    ConfigReader.read(file, text).forEach((key, entry) -> sort(key, entry, providers, classes));
    Map<String, Provider> known = new LinkedHashMap<>();
    providers.forEach((name, words) -> known.put(name, provider(name, words)));
    return new Registry(known, classes(classes, known), "configured in models.yml.");
  }

  private void sort(
      String key,
      Entry entry,
      Map<String, Map<String, Entry>> providers,
      Map<String, Entry> classes) {
    String[] words = key.split("\\.", -1);
    if (words.length == 3 && words[0].equals("providers")) {
      if (!words[1].matches("[a-z0-9][a-z0-9-]{0,39}") || words[1].equals(REHEARSAL)) {
        throw entry.bad(file, key, "to have a name of a-z, 0-9 and - that is not `rehearsal`");
      }
      if (!WORDS.contains(words[2])) {
        throw entry.unknown(file, key, words[2], WORDS);
      }
      providers.computeIfAbsent(words[1], name -> new LinkedHashMap<>()).put(words[2], entry);
    } else if (words.length == 2 && words[0].equals("classes")) {
      if (!Registry.CLASSES.contains(words[1])) {
        throw entry.unknown(file, key, words[1], Registry.CLASSES);
      }
      classes.put(words[1], entry);
    } else {
      throw entry.unknown(file, key, words[0], List.of("providers", "classes"));
    }
  }

  private Provider provider(String name, Map<String, Entry> words) {
    Entry kindEntry = required(name, "kind", words);
    Provider.Kind kind =
        value(name, "kind", words, "one of openai, anthropic, ollama, command", ModelsYaml::kind)
            .orElseThrow();
    boolean command = kind == Provider.Kind.COMMAND;
    required(name, command ? "command" : "base-url", words);
    forbid(name, command ? "base-url" : "command", words, kindEntry);
    return new Provider(
        name,
        kind,
        value(name, "base-url", words, "an http or https address", ModelsYaml::address),
        key(name, words),
        price(name, words),
        value(name, "timeout", words, "a duration such as PT2M", Durations::parse)
            .orElse(timeout()),
        value(name, "load-timeout", words, "a duration such as PT10M", Durations::parse)
            .orElse(Provider.LOAD_TIMEOUT),
        value(name, "max-output-tokens", words, "a number from 1 to 1000000", ModelsYaml::tokens)
            .orElse(config.number(ConfigKey.MODEL_MAX_OUTPUT_TOKENS)),
        Optional.ofNullable(words.get("command")).map(Entry::items).orElse(List.of()),
        value(name, "thinking", words, "one of as-it-is, low, off", Thinking::parse)
            .orElse(Thinking.AS_IT_IS));
  }

  private Duration timeout() {
    return config.duration(ConfigKey.MODEL_TIMEOUT);
  }

  private ProviderKey key(String name, Map<String, Entry> words) {
    Entry entry = words.get("key-env");
    if (entry == null) {
      return ProviderKey.NONE;
    }
    ProviderKey key = ProviderKey.of(entry.text(), environment);
    if (!key.isPresent()) {
      throw entry.bad(
          file,
          "providers." + name + ".key-env",
          "to name an environment variable that holds the key, and it is not set");
    }
    return key;
  }

  private Optional<Price> price(String name, Map<String, Entry> words) {
    boolean errors = truth(name, "charge-errors", words);
    if (truth(name, "free", words)) {
      return Optional.of(Price.FREE);
    }
    return value(name, "price-per-call", words, "US dollars such as 0.10", Usd::parse)
        .map(amount -> Price.flat(amount, errors));
  }

  private boolean truth(String name, String word, Map<String, Entry> words) {
    return value(
            name,
            word,
            words,
            "true or false",
            text -> {
              if (!List.of("true", "false").contains(text)) {
                throw new IllegalArgumentException(text);
              }
              return text.equals("true");
            })
        .orElse(false);
  }

  /** A class that is not there takes the next better one. */
  private Map<String, List<ModelName>> classes(
      Map<String, Entry> written, Map<String, Provider> providers) {
    if (!written.containsKey("best")) {
      throw new Problem(
          ProblemCode.CONFIG_BAD_VALUE,
          "Expected `classes.best` in " + file + " to list models, but it is missing.",
          "Add a line such as `best: [local/qwen3:8b]` below `classes:`.");
    }
    Map<String, List<ModelName>> classes = new LinkedHashMap<>();
    List<ModelName> better = List.of();
    for (String name : Registry.CLASSES) {
      Entry entry = written.get(name);
      better = entry == null ? better : models("classes." + name, entry, providers);
      classes.put(name, better);
    }
    return classes;
  }

  private List<ModelName> models(String key, Entry entry, Map<String, Provider> providers) {
    if (entry.items().equals(List.of(REHEARSAL))) {
      return List.of();
    }
    List<ModelName> models = new ArrayList<>();
    for (String item : entry.items()) {
      int slash = item.indexOf('/');
      if (slash < 1 || slash == item.length() - 1) {
        throw entry.bad(file, key, "to list `<provider>/<model>`, or `rehearsal` alone");
      }
      String provider = item.substring(0, slash);
      if (!providers.containsKey(provider)) {
        throw entry.bad(
            file,
            key,
            "to name providers of this file, and `"
                + provider
                + "` is none, the nearest is `"
                + NearestKey.of(provider, providers.keySet()).orElse("-")
                + "`");
      }
      models.add(new ModelName(provider, item.substring(slash + 1)));
    }
    return List.copyOf(models);
  }

  private <T> Optional<T> value(
      String name,
      String word,
      Map<String, Entry> words,
      String expected,
      Function<String, T> parse) {
    Entry entry = words.get(word);
    if (entry == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(entry.text()));
    } catch (RuntimeException e) {
      throw entry.bad(file, "providers." + name + "." + word, "to be " + expected);
    }
  }

  private static Provider.Kind kind(String text) {
    return Provider.Kind.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static int tokens(String text) {
    int number = Integer.parseInt(text);
    if (number < 1 || number > 1_000_000) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  /** A password in the address would be shown in messages. */
  private static URI address(String text) {
    URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getQuery() != null) {
      throw new IllegalArgumentException("not an address");
    }
    return uri;
  }

  private Entry required(String name, String word, Map<String, Entry> words) {
    Entry entry = words.get(word);
    if (entry == null) {
      Entry any = words.values().iterator().next();
      throw any.bad(file, "providers." + name, "to have `" + word + "`");
    }
    return entry;
  }

  private void forbid(String name, String word, Map<String, Entry> words, Entry kind) {
    Entry entry = words.get(word);
    if (entry != null) {
      throw entry.bad(
          file, "providers." + name + "." + word, "not to stand beside kind " + kind.text());
    }
  }
}
