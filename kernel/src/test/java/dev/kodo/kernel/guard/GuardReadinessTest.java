package dev.kodo.kernel.guard;

import static dev.kodo.kernel.guard.GuardFixture.openAi;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kodo.kernel.budget.Usd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are busy or still load are waited for, and nobody is to blame. */
@Tag("slow")
class GuardReadinessTest {
  private static final String SLOTS = "GET /slots";
  private static final String PATH = "/models/paid/chat/completions";
  private static final String CALL = openAi("Hello", "");
  private static final String BUSY = "{\"id\":0,\"is_processing\":true}";
  private static final String FREE = "{\"id\":1,\"is_processing\":false}";
  private static final FakeProvider.Behaviour OK =
      FakeProvider.ok(
          GuardFixture.completion("Hi", "{\"prompt_tokens\":500,\"completion_tokens\":7}"));
  private static final FakeProvider.Behaviour LOADS =
      FakeProvider.status(
          503,
          "",
          "{\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}");

  @TempDir Path folder;
  private GuardFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new GuardFixture(folder);
    fixture.provider.does(OK);
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  @Test
  void waitsForAFreeSlot() throws Exception {
    fixture.provider.tells(SLOTS, "[" + BUSY + "," + BUSY + "]");
    CompletableFuture<HttpResponse<String>> answer = soon();
    await("it is told").until(() -> reason().equals(Optional.of(Waiting.Reason.SLOT)));
    assertThat(fixture.provider.seen()).isEmpty();

    fixture.provider.tells(SLOTS, "[" + BUSY + "," + FREE + "]");

    assertThat(answer.get().statusCode()).isEqualTo(200);
    assertThat(reason()).isEmpty();
  }

  @Test
  void waitsNoLongerThanHalfOfTheTimeLimitAndCountsNothing() throws Exception {
    fixture.provider.tells(SLOTS, "[" + BUSY + "]");
    Instant begin = Instant.now();

    HttpResponse<String> answer = fixture.call("paid", CALL);

    assertThat(Duration.between(begin, Instant.now())).isGreaterThan(Duration.ofMillis(1_500));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Kodo-Guard")).contains("busy");
    assertThat(answer.headers().firstValue("Kodo-Cost-Usd")).isEmpty();
    assertThat(fixture.provider.seen()).isEmpty();
    assertThat(fixture.guard.ledger().spending().day()).isEqualTo(Usd.ZERO);
    await("the reservation is ended")
        .until(() -> fixture.rows("select state from guard.spend").equals(List.of("released")));
    assertThat(reason()).isEmpty();
  }

  @Test
  void waitsNoLongerThanTheCallerDoes() throws Exception {
    fixture.provider.tells(SLOTS, "[" + BUSY + "]");
    HttpResponse<String> late =
        fixture.send(
            fixture
                .request(PATH, CALL)
                .header("Kodo-Deadline", fixture.clock.instant().plusMillis(400).toString()));
    assertThat(late.headers().firstValue("Kodo-Guard")).contains("deadline-passed");
    assertThat(late.headers().firstValue("Kodo-Cost-Usd")).as("nothing was sent").isEmpty();

    try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), fixture.guard.port())) {
      caller.getOutputStream().write(GuardFixture.bytes(PATH, CALL));
      await("it waits").until(() -> reason().isPresent());
    }
    await("it waits no longer").atMost(Duration.ofSeconds(1)).until(() -> reason().isEmpty());
    await("it is recorded").until(() -> !fixture.events("caller-gone").isEmpty());
    assertThat(fixture.events("caller-gone").getFirst().detail())
        .containsEntry("basis", "released");
    assertThat(fixture.provider.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "[{\"id\":0}]", "[{\"is_processing\":1}]", "no", "\"\""})
  void sendsTheCallWhenNobodyKnows(String slots) throws Exception {
    fixture.provider.tells(SLOTS, slots);

    assertThat(fixture.call("paid", CALL).statusCode()).isEqualTo(200);
    assertThat(fixture.call("paid", CALL).statusCode()).isEqualTo(200);

    assertThat(fixture.provider.asked().stream().filter(SLOTS::equals))
        .as("looks again after a minute")
        .hasSize(1);
  }

  @Test
  void doesNotWaitForAnAnswerAboutSlots() throws Exception {
    fixture.provider.tells(SLOTS, "");
    Instant begin = Instant.now();

    assertThat(fixture.call("paid", CALL).statusCode()).isEqualTo(200);

    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void looksEachTimeWhereThereAreSlots() throws Exception {
    fixture.provider.tells(SLOTS, "[" + FREE + "]");
    fixture.call("paid", CALL);
    fixture.call("paid", CALL);

    assertThat(fixture.provider.asked().stream().filter(SLOTS::equals)).hasSize(2);
  }

  @Test
  void waitsForAServerThatLoads() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    fixture.provider.does(out -> (asked.incrementAndGet() < 3 ? LOADS : OK).answer(out));
    CompletableFuture<HttpResponse<String>> answer = soon();
    await("it is told").until(() -> reason().equals(Optional.of(Waiting.Reason.LOADING)));

    assertThat(answer.get().statusCode()).isEqualTo(200);
    assertThat(reason()).isEmpty();
    assertThat(fixture.provider.seen()).hasSize(3);
    await("one call is recorded").until(() -> fixture.events("ok").size() == 1);
    assertThat(fixture.rows("select count(*) from guard.spend")).containsExactly("1");
  }

  @Test
  void countsNothingWhenTheDeadlineComesWhileTheServerLoads() throws Exception {
    fixture.provider.does(LOADS);

    HttpResponse<String> answer =
        fixture.send(
            fixture
                .request(PATH, CALL)
                .header("Kodo-Deadline", fixture.clock.instant().plusSeconds(1).toString()));

    assertThat(answer.headers().firstValue("Kodo-Guard")).contains("deadline-passed");
    assertThat(fixture.guard.ledger().spending().day()).isEqualTo(Usd.ZERO);
  }

  @Test
  void givesAFreeModelThatHasRestedTheTimeToLoad() throws Exception {
    String call =
        CALL.replace("\"max_tokens\":100", "\"stream\":false,\"options\":{\"num_predict\":100}");
    fixture.provider.does(
        out -> {
          Thread.sleep(3_500);
          FakeProvider.ok("{\"message\":{\"content\":\"Hi\"},\"done\":true}").answer(out);
        });

    assertThat(fixture.call("local", call).statusCode()).as("the first").isEqualTo(200);
    assertThat(fixture.call("local", call).statusCode()).as("the next").isEqualTo(504);
    fixture.clock.step(Duration.ofMinutes(4));
    assertThat(fixture.call("local", call).statusCode()).as("after a rest").isEqualTo(200);
  }

  private Optional<Waiting.Reason> reason() {
    return fixture.guard.waiting().longest("paid").map(Waiting.Place::reason);
  }

  private CompletableFuture<HttpResponse<String>> soon() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return fixture.call("paid", CALL);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
