package dev.kodo.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.config.KodoProperties;
import dev.kodo.process.FakeProcessEngine;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EffectPruningTest {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration KEPT = Duration.ofDays(7);
  private static final long SCHEDULER = 50;
  private static final long BEAT = 60;

  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  private final TestDatabase database = TestDatabase.fresh();
  private final KodoProperties properties = TestProperties.in(Path.of("w"), Map.of());
  private final EffectLedger ledger = new EffectLedger(database.jdbc(), clock);
  private final FakeProcessEngine engine = new FakeProcessEngine();
  private final EffectPruning pruning =
      new EffectPruning(database.jdbc(), engine, properties, clock);

  @Test
  void removesOldEffectsOfInstancesThatHaveEnded() {
    done(1, BEAT);
    done(2, BEAT);

    clock.advance(KEPT);
    assertThat(pruning.prune("main", KEPT, 10)).as("not old enough").isZero();
    clock.advance(Duration.ofSeconds(1));

    assertThat(pruning.prune("main", KEPT, 10)).isEqualTo(2);
    assertThat(left()).isEmpty();
  }

  @Test
  void removesNothingThatALiveElementInstanceMayAskForHoweverOldItIs() {
    engine.run(SCHEDULER);
    engine.run(1);
    done(1, SCHEDULER);
    done(2, SCHEDULER);
    clock.advance(Duration.ofDays(4000));

    assertThat(pruning.prune("main", KEPT, 10)).isEqualTo(1);

    assertThat(left()).as("the job of 1 may come back").containsExactly(1L);
    assertThat(pruning.prune("main", KEPT, 10)).isZero();
  }

  @Test
  void judgesAnElementInstanceByItsYoungestEffect() {
    done(1, BEAT);
    clock.advance(KEPT);
    EffectOrigin origin = new EffectOrigin("main", BEAT, "test-work");
    UUID owner = UUID.randomUUID();
    ledger.begin(key(1, "ask"), origin, owner, LEASE);
    clock.advance(Duration.ofHours(1));

    assertThat(pruning.prune("main", KEPT, 10)).isZero();
    clock.advance(KEPT);
    assertThat(pruning.prune("main", KEPT, 10)).isEqualTo(2);
  }

  @Test
  void goesInSmallPartsAndLeavesOtherAgentsAndEnginesAlone() {
    for (long element = 1; element <= 5; element++) {
      done(element, BEAT);
    }
    database.jdbc().sql("insert into agent values ('other', 'running', 0, now())").update();
    database
        .jdbc()
        .sql("update effect set agent_id = 'other' where element_instance_key = 4")
        .update();
    database
        .jdbc()
        .sql("update effect set engine_id = 'another' where element_instance_key = 5")
        .update();
    clock.advance(KEPT.multipliedBy(2));

    assertThat(pruning.prune("main", KEPT, 2)).isEqualTo(2);
    assertThat(pruning.prune("main", KEPT, 2)).isEqualTo(1);
    assertThat(pruning.prune("main", KEPT, 2)).isZero();
    assertThat(left()).containsExactly(4L, 5L);
  }

  private void done(long element, long instance) {
    UUID owner = UUID.randomUUID();
    EffectKey key = key(element, EffectKey.JOB);
    ledger.begin(key, new EffectOrigin("main", instance, "test-work"), owner, LEASE);
    ledger.finish(key, owner, "{}");
  }

  private EffectKey key(long element, String step) {
    return new EffectKey(properties.engineId(), element, step);
  }

  private List<Long> left() {
    return database
        .jdbc()
        .sql("select distinct element_instance_key from effect order by 1")
        .query(Long.class)
        .list();
  }
}
