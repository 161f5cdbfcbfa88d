package dev.kodo.model;

import static dev.kodo.model.ModelFixture.NOTE;
import static dev.kodo.model.ModelFixture.question;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConstitutionTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final FakeGuard guard = FakeGuard.start();
  private final StubEndpoint first = guard.provider("first");
  private final StubEndpoint second = guard.provider("second");
  private final ModelFixture fixture = new ModelFixture();
  private final Models models = fixture.asking(LONG, first, second);

  @AfterEach
  void stop() {
    guard.close();
  }

  @Test
  void isFetchedOnceAndLeadsEachPrompt() {
    first.thenSays(NOTE).thenSays(NOTE);

    models.ask(fixture.job(), question("The sea"));
    models.ask(fixture.job(), question("The sea"));

    assertThat(guard.fetches()).isEqualTo(1);
    assertThat(first.received())
        .allSatisfy(request -> assertThat(request.message(0)).startsWith(FakeGuard.CONSTITUTION));
  }

  @Test
  void isReadAgainWhenTheGuardKnowsAnotherOne() {
    first.thenSays(NOTE).thenTheGuardRefuses(403, "layer-0-missing", "").thenSays(NOTE);
    models.ask(fixture.job(), question("The sea"));

    guard.rules("Layer 0, newly written.".getBytes(UTF_8));
    failure();
    models.ask(fixture.job(), question("The sea"));

    assertThat(first.received().getLast().message(0)).startsWith("Layer 0, newly written.");
  }

  @Test
  void isAwaitedBeforeAnythingIsSent() {
    guard.refusesTheConstitution(503);

    assertThat(failure().reason()).contains("constitution", "nothing was sent", "HTTP 503");
    assertThat(first.received()).isEmpty();
    assertThat(second.received()).isEmpty();
    assertThat(guard.fetches()).as("not once for each provider").isEqualTo(1);

    guard.refusesTheConstitution(0);
    first.thenSays(NOTE);
    assertThat(models.ask(fixture.job(), question("The sea")).value().title()).isEqualTo("Tides");
  }

  @Test
  void isRefusedUnderAWrongHash() {
    guard.claims(FakeGuard.sha256("something else".getBytes(UTF_8)));

    assertThat(failure().reason()).contains("does not fit its hash");
    assertThat(first.received()).isEmpty();
  }

  @Test
  void isRefusedWhenItIsNoTextOrNothing() {
    guard.rules(new byte[] {'L', '0', (byte) 0xC3, (byte) 0x28});
    assertThat(failure().reason()).contains("does not fit its hash");
    guard.rules(new byte[0]);
    assertThat(failure().reason()).contains("empty");
    guard.rules("x".repeat(300_000).getBytes(UTF_8));
    assertThat(failure().reason()).contains("does not fit its hash");
    assertThat(first.received()).isEmpty();
  }

  private JobFailure failure() {
    JobFailure failure =
        catchThrowableOfType(
            JobFailure.class, () -> models.ask(fixture.job(), question("The sea")));
    assertThat(failure.meaning())
        .isIn(
            new JobFailure.Meaning.Retry(ErrorCode.MODEL_UNAVAILABLE),
            new JobFailure.Meaning.Retry(null));
    return failure;
  }
}
