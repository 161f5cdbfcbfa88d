package dev.kodo.kernel.budget;

import dev.kodo.kernel.config.ConfigReader;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The prices in {@code prices.yml}: of a model, or of every model of a provider. */
public final class PriceBook {
  private static final String MODELS = "models.";
  private static final String AS_OF = "as-of";

  /** The words of one price. */
  private enum Word {
    INPUT_PER_MILLION("input-per-million"),
    OUTPUT_PER_MILLION("output-per-million"),
    CACHE_READ_PER_MILLION("cache-read-per-million"),
    CACHE_WRITE_PER_MILLION("cache-write-per-million"),
    PER_CALL("per-call"),
    CHARGE_ERRORS("charge-errors");

    private final String text;

    Word(String text) {
      this.text = text;
    }
  }

  private static final List<String> KEYS =
      List.of(
          AS_OF,
          "models",
          Word.INPUT_PER_MILLION.text,
          Word.OUTPUT_PER_MILLION.text,
          Word.CACHE_READ_PER_MILLION.text,
          Word.CACHE_WRITE_PER_MILLION.text,
          Word.PER_CALL.text,
          Word.CHARGE_ERRORS.text);

  private final LocalDate asOf;
  private final Map<String, Price> prices;

  private PriceBook(LocalDate asOf, Map<String, Price> prices) {
    this.asOf = asOf;
    this.prices = Map.copyOf(prices);
  }

  /** Reads the text of the file; a problem names the line and the key. */
  public static PriceBook parse(Path file, String text) {
    Map<String, ConfigReader.Entry> entries = ConfigReader.read(file, text);
    Map<String, Map<Word, ConfigReader.Entry>> written = new HashMap<>();
    entries.forEach((key, entry) -> sort(file, key, entry, written));
    Map<String, Price> prices = new HashMap<>();
    written.forEach((model, words) -> prices.put(model, price(file, model, words)));
    return new PriceBook(date(file, entries.get(AS_OF)), prices);
  }

  /** The price of this model, or of all models of its provider. */
  public Optional<Price> of(String provider, String model) {
    return Optional.ofNullable(prices.get(provider + "/" + model))
        .or(() -> Optional.ofNullable(prices.get(provider + "/*")));
  }

  /** The day on which somebody last compared the prices with the providers' lists. */
  public LocalDate asOf() {
    return asOf;
  }

  private static void sort(
      Path file,
      String key,
      ConfigReader.Entry entry,
      Map<String, Map<Word, ConfigReader.Entry>> written) {
    if (key.equals(AS_OF) || (key.equals("models") && entry.text().isEmpty())) {
      return;
    }
    for (Word word : Word.values()) {
      String end = "." + word.text;
      if (key.startsWith(MODELS) && key.endsWith(end)) {
        String model = key.substring(MODELS.length(), key.length() - end.length());
        if (model.indexOf('/') < 1 || model.endsWith("/")) {
          throw entry.bad(file, key, "to be of the form `<provider>/<model>` or `<provider>/*`");
        }
        written.computeIfAbsent(model, m -> new EnumMap<>(Word.class)).put(word, entry);
        return;
      }
    }
    throw entry.unknown(file, key, key.substring(key.lastIndexOf('.') + 1), KEYS);
  }

  private static Price price(Path file, String model, Map<Word, ConfigReader.Entry> words) {
    return new Price(
        amount(file, model, Word.INPUT_PER_MILLION, words),
        amount(file, model, Word.OUTPUT_PER_MILLION, words),
        new Price.Cache(
            cache(file, model, Word.CACHE_READ_PER_MILLION, words),
            cache(file, model, Word.CACHE_WRITE_PER_MILLION, words)),
        amount(file, model, Word.PER_CALL, words),
        errors(file, model, words));
  }

  private static Usd amount(
      Path file, String model, Word word, Map<Word, ConfigReader.Entry> words) {
    ConfigReader.Entry entry = words.get(word);
    if (entry == null) {
      return missing(file, model, word, words);
    }
    try {
      return Usd.parse(entry.text());
    } catch (IllegalArgumentException e) {
      throw entry.bad(file, MODELS + model + "." + word.text, "to be US dollars such as 0.15 or 3");
    }
  }

  /** Beside prices of other tokens only: else the rest of the input would be free by mistake. */
  private static @Nullable Usd cache(
      Path file, String model, Word word, Map<Word, ConfigReader.Entry> words) {
    ConfigReader.Entry entry = words.get(word);
    if (entry == null) {
      return null;
    }
    if (!words.containsKey(Word.INPUT_PER_MILLION)) {
      throw entry.bad(
          file,
          MODELS + model + "." + word.text,
          "to stand beside `" + Word.INPUT_PER_MILLION.text + "`");
    }
    return amount(file, model, word, words);
  }

  /** One half of a price of tokens would make the other half free by mistake. */
  private static Usd missing(
      Path file, String model, Word word, Map<Word, ConfigReader.Entry> words) {
    Word other = word == Word.INPUT_PER_MILLION ? Word.OUTPUT_PER_MILLION : Word.INPUT_PER_MILLION;
    ConfigReader.Entry half = words.get(other);
    if (word != Word.PER_CALL && half != null) {
      throw half.bad(
          file, MODELS + model + "." + other.text, "to stand beside `" + word.text + "`");
    }
    return Usd.ZERO;
  }

  private static boolean errors(Path file, String model, Map<Word, ConfigReader.Entry> words) {
    ConfigReader.Entry entry = words.get(Word.CHARGE_ERRORS);
    if (entry == null) {
      return false;
    }
    if (!List.of("true", "false").contains(entry.text())) {
      throw entry.bad(file, MODELS + model + "." + Word.CHARGE_ERRORS.text, "to be true or false");
    }
    return entry.text().equals("true");
  }

  private static LocalDate date(Path file, ConfigReader.@Nullable Entry entry) {
    if (entry == null) {
      throw new Problem(
          ProblemCode.CONFIG_BAD_VALUE,
          "Expected `as-of` in " + file + " to be the date of the prices, but it is missing.",
          "Add a line such as `as-of: 2026-11-01`.");
    }
    try {
      return LocalDate.parse(entry.text());
    } catch (DateTimeException e) {
      throw entry.bad(file, AS_OF, "to be a date such as 2026-11-01");
    }
  }
}
