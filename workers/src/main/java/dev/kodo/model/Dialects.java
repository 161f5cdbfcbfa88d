package dev.kodo.model;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps what was learnt of each model. It holds as long as the guard sees the same server and model
 * behind the provider's address, at most 30 days: then it is learnt again.
 */
@Component
class Dialects {
  private static final Logger LOG = LoggerFactory.getLogger(Dialects.class);
  private static final Duration HOLDS_FOR = Duration.ofDays(30);
  private static final String REFUSED = "refused";
  private static final String IGNORED = "ignored";

  private final JdbcClient jdbc;
  private final ModelFacts facts;
  private final Clock clock;

  Dialects(JdbcClient jdbc, ModelFacts facts, Clock clock) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.clock = clock;
  }

  private record Finding(String finding, String word) {}

  Dialect of(ModelDescription model) {
    List<Finding> known =
        jdbc.sql(
                """
                select finding, word from model_dialect
                where provider = :provider and model = :model and fingerprint = :fingerprint and learnt_at > :since
                """)
            .param("provider", model.provider())
            .param("model", model.name())
            .param("fingerprint", fingerprint(model))
            .param("since", clock.instant().minus(HOLDS_FOR).atOffset(ZoneOffset.UTC))
            .query((row, number) -> new Finding(row.getString(1), row.getString(2)))
            .list();
    return known.isEmpty()
        ? Dialect.USUAL
        : new Dialect(words(known, REFUSED), words(known, IGNORED));
  }

  private static Set<String> words(List<Finding> known, String finding) {
    return known.stream()
        .filter(each -> each.finding().equals(finding))
        .map(Finding::word)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The model answered a call without these words, and not with them. */
  void refuses(ModelDescription model, Dialect answered) {
    LOG.info("{}/{} takes calls so: {}", model.provider(), model.name(), answered.told());
    answered.refused().forEach(word -> keep(model, REFUSED, word));
  }

  /** An answer of the model broke this keyword of a schema that was sent to it. */
  void ignores(ModelDescription model, String keyword) {
    keep(model, IGNORED, keyword);
  }

  /** An answer that is paid for is not given up because this could not be written down. */
  private void keep(ModelDescription model, String finding, String word) {
    try {
      jdbc.sql(
              """
              insert into model_dialect (provider, model, word, finding, fingerprint, learnt_at)
              values (:provider, :model, :word, :finding, :fingerprint, :now)
              on conflict (provider, model, word, finding) do update
                set fingerprint = excluded.fingerprint, learnt_at = excluded.learnt_at
                where model_dialect.fingerprint <> excluded.fingerprint or model_dialect.learnt_at < :stale
              """)
          .param("provider", model.provider())
          .param("model", model.name())
          .param("word", word)
          .param("finding", finding)
          .param("fingerprint", fingerprint(model))
          .param("now", clock.instant().atOffset(ZoneOffset.UTC))
          .param("stale", clock.instant().minus(HOLDS_FOR).atOffset(ZoneOffset.UTC))
          .update();
    } catch (DataAccessException notKept) {
      LOG.warn(
          "What {}/{} takes could not be kept: {}",
          model.provider(),
          model.name(),
          notKept.getMessage());
    }
  }

  private String fingerprint(ModelDescription model) {
    return facts.of(model.provider(), model.name()).map(Facts::fingerprint).orElse("");
  }
}
