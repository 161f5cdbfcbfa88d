package dev.kodo.survival;

import dev.kodo.testing.TestDatabase;
import java.time.Clock;

/** Puts changes of the tier into the record, for tests of other features. */
public final class RecordedTiers {
  private final TestDatabase database;
  private final SurvivalStore store;

  public RecordedTiers(TestDatabase database, Clock clock) {
    this.database = database;
    this.store = new SurvivalStore(database.jdbc(), clock);
  }

  public Survival survival() {
    return new Survival(store);
  }

  /** Lets the agent {@code main} live in another tier from now on. */
  public void change(String tier) {
    database.transactions().executeWithoutResult(status -> store.lock("main"));
    database
        .jdbc()
        .sql("update survival set tier = :tier, tier_number = tier_number + 1")
        .param("tier", tier)
        .update();
  }
}
