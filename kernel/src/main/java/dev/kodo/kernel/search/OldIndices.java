package dev.kodo.kernel.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.http.HttpAnswer;
import dev.kodo.kernel.http.HttpCall;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes what nobody looks at any more: the engine's records, which get new indices each day, and
 * the finished instances that Operate and Tasklist put aside, also by the day. What lives is in
 * indices without a date and stays, and so does the last index of each kind of record.
 */
final class OldIndices {
  private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);

  /** After a long pause there are many; the rest goes an hour later. */
  private static final int AT_ONCE = 100;

  /** What arrives late must still be read by both applications. */
  private static final Duration GRACE = Duration.ofDays(1);

  private static final Pattern DAILY =
      Pattern.compile("(?:zeebe-record|operate|tasklist)[a-z0-9._-]*_(\\d{4}-\\d{2}-\\d{2})");

  private final String search;
  private final Duration kept;
  private final Clock clock;
  private Instant nextLook = Instant.MIN;

  /**
   * Looks at one search engine.
   *
   * @param search its address
   * @param kept how long records can be looked at; the engine sends none that are older
   */
  OldIndices(String search, Duration kept, Clock clock) {
    this.search = search;
    this.kept = kept;
    this.clock = clock;
  }

  /** Removes what is too old, once an hour. */
  void removeNowAndThen() throws IOException {
    Instant now = clock.instant();
    if (now.isBefore(nextLook)) {
      return;
    }
    nextLook = now.plus(BETWEEN_LOOKS);
    for (String index : tooOld(now)) {
      require(HttpCall.delete(search + "/" + index), "remove the index " + index);
    }
  }

  private List<String> tooOld(Instant now) throws IOException {
    HttpCall call =
        HttpCall.get(
            search + "/_cat/indices/zeebe-record*,operate-*,tasklist-*?h=index&format=json");
    Map<String, LocalDate> days = new TreeMap<>();
    Map<String, LocalDate> newest = new HashMap<>();
    for (JsonNode row : require(call, "list its indices").json()) {
      String name = row.path("index").asText();
      day(name)
          .ifPresent(
              day -> {
                days.put(name, day);
                newest.merge(kind(name), day, (one, other) -> one.isAfter(other) ? one : other);
              });
    }
    return days.entrySet().stream()
        .filter(index -> isTooOld(index.getValue(), now))
        .filter(index -> !isLastOfItsRecords(index, newest))
        .map(Map.Entry::getKey)
        .limit(AT_ONCE)
        .toList();
  }

  /** Where there is none of a kind, Tasklist asks for it every five seconds and complains. */
  private static boolean isLastOfItsRecords(
      Map.Entry<String, LocalDate> index, Map<String, LocalDate> newest) {
    return index.getKey().startsWith("zeebe-record")
        && index.getValue().equals(newest.get(kind(index.getKey())));
  }

  private static String kind(String index) {
    return index.substring(0, index.lastIndexOf('_'));
  }

  private boolean isTooOld(LocalDate day, Instant now) {
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return end.plus(kept).plus(GRACE).isBefore(now);
  }

  private static Optional<LocalDate> day(String index) {
    Matcher matcher = DAILY.matcher(index);
    try {
      return matcher.matches() ? Optional.of(LocalDate.parse(matcher.group(1))) : Optional.empty();
    } catch (DateTimeParseException noDate) {
      return Optional.empty();
    }
  }

  private static HttpAnswer require(HttpCall call, String what) throws IOException {
    HttpAnswer answer = SearchPart.send(call);
    if (!answer.isOk()) {
      throw new IOException(
          "Expected the search engine to "
              + what
              + ", but it answered "
              + answer.status()
              + ": "
              + answer.excerpt());
    }
    return answer;
  }
}
