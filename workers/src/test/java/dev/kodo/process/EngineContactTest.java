package dev.kodo.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EngineContactTest {
  private static final Instant BEGIN = Instant.parse("2026-03-01T09:00:00Z");

  private final SettableClock clock = new SettableClock("2026-03-01T09:00:00Z");
  private final EngineContact contact = new EngineContact(clock);

  @Test
  void knowsNothingBeforeTheFirstJob() {
    assertThat(contact.steadySince()).isEmpty();
    assertThat(contact.mayTrust(BEGIN)).as("nobody knows what is missing").isFalse();
  }

  @Test
  void countsFromTheFirstJobAfterALongPause() {
    contact.jobEnded();
    pass("PT10M");
    contact.jobEnded();
    assertThat(contact.steadySince()).contains(BEGIN);

    pass("PT10M1S");
    assertThat(contact.steadySince()).as("no job for so long").isEmpty();
    contact.jobEnded();

    assertThat(contact.steadySince()).contains(BEGIN.plusSeconds(1201));
  }

  @Test
  void trustsNoRecordsUntilTheyHaveReachedItsFirstJob() {
    contact.jobEnded();
    assertThat(contact.mayTrust(BEGIN.minusSeconds(2))).isFalse();
    assertThat(contact.mayTrust(BEGIN.minusMillis(5)))
        .as("the engine stamps the end before the body hears of it")
        .isTrue();
    pass("PT30S");
    assertThat(contact.mayTrust(BEGIN.minusSeconds(2))).isFalse();
  }

  @Test
  void trustsRecordsThatAreAMinuteBehindTheJobs() {
    contact.jobEnded();
    pass("PT5M");
    contact.jobEnded();
    pass("PT1M");
    assertThat(contact.mayTrust(BEGIN.plusSeconds(240))).isTrue();
    assertThat(contact.mayTrust(BEGIN.plusSeconds(239))).isFalse();
  }

  @Test
  void noticesWithinTwoMinutesHoweverManyJobsThereAre() {
    for (int i = 0; i < 240; i++) {
      contact.jobEnded();
      pass("PT1S");
    }

    assertThat(contact.mayTrust(BEGIN.plusSeconds(60))).isFalse();
    assertThat(contact.mayTrust(BEGIN.plusSeconds(130))).isTrue();
  }

  @Test
  void takesRecordsFromBeforeAClockThatWasSetBackForNoOutage() {
    contact.jobEnded();
    pass("PT1M");
    assertThat(contact.mayTrust(BEGIN)).isTrue();

    clock.set(BEGIN.minusSeconds(3600));
    contact.jobEnded();

    assertThat(contact.mayTrust(BEGIN.minusSeconds(3600))).isTrue();
  }

  private void pass(String duration) {
    clock.advance(Duration.parse(duration));
  }
}
