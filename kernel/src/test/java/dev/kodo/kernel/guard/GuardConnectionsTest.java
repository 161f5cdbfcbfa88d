package dev.kodo.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which connections to providers are used again. */
@Tag("slow")
class GuardConnectionsTest {
  private static final String CALL = GuardFixture.openAi("Hello", "");
  private static final String ANSWER =
      GuardFixture.completion("Hi", "{\"prompt_tokens\":500,\"completion_tokens\":7}");
  private static final String SMUGGLED = ANSWER.replace("Hi", "Not for you");

  @TempDir Path folder;
  private GuardFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new GuardFixture(folder);
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  @Test
  void usesAConnectionAgainThatAnsweredInFull() throws Exception {
    for (FakeProvider.Behaviour behaviour :
        List.of(
            FakeProvider.ok(ANSWER),
            FakeProvider.status(429, "", "{}"),
            chunked("e", "{\"error\":\"no\"}"),
            FakeProvider.ok(ANSWER))) {
      fixture.provider.does(behaviour);
      fixture.call("paid", CALL);
    }

    assertThat(fixture.provider.seen()).hasSize(4);
    assertThat(fixture.provider.accepted()).isEqualTo(1);
  }

  static Stream<Arguments> lasts() {
    return Stream.of(
        Arguments.of("closed behind the answer", FakeProvider.raw(whole("HTTP/1.1", "") + ANSWER)),
        Arguments.of(
            "about to be closed",
            FakeProvider.rawAndOpen(whole("HTTP/1.1", "Connection: close\r\n") + ANSWER)),
        Arguments.of(
            "soon to be closed",
            FakeProvider.rawAndOpen(
                whole("HTTP/1.1", "Keep-Alive: timeout=4, max=100\r\n") + ANSWER)),
        Arguments.of(
            "an end that is in doubt",
            FakeProvider.rawAndOpen(
                whole("HTTP/1.1", "Transfer-Encoding: chunked\r\n")
                    + Integer.toHexString(ANSWER.length())
                    + "\r\n"
                    + ANSWER
                    + "\r\n0\r\n\r\n")),
        Arguments.of("HTTP/1.0", FakeProvider.rawAndOpen(whole("HTTP/1.0", "") + ANSWER)),
        Arguments.of(
            "an answer that nobody asked for",
            FakeProvider.rawAndOpen(
                whole("HTTP/1.1", "") + ANSWER + whole("HTTP/1.1", "") + SMUGGLED)),
        Arguments.of(
            "a body up to the end",
            FakeProvider.raw(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + ANSWER)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lasts")
  void connectsAnewAfter(String name, FakeProvider.Behaviour behaviour) throws Exception {
    fixture.provider.does(behaviour);
    assertThat(fixture.call("paid", CALL).body()).isEqualTo(ANSWER);
    fixture.provider.does(FakeProvider.ok(ANSWER));

    HttpResponse<String> second = fixture.call("paid", CALL);

    assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(ANSWER);
    assertThat(fixture.provider.accepted()).isEqualTo(2);
    assertThat(fixture.provider.seen()).hasSize(2);
  }

  static Stream<Arguments> troubles() {
    String chunked =
        FakeProvider.head(200, "application/json", "Transfer-Encoding: chunked\r\n", -1);
    return Stream.of(
        Arguments.of("a chunk without a size", chunked + "two\r\n"),
        Arguments.of("a bad trailer", chunked + "2\r\n{}\r\n0\r\na\rb\r\n\r\n"),
        Arguments.of("a bad status", "HTTP/1.1 maybe\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void connectsAnewAfterAnAnswerThatWasNotReadToItsEnd(String name, String bytes) throws Exception {
    fixture.provider.does(FakeProvider.rawAndOpen(bytes));
    assertThat(fixture.call("paid", CALL).statusCode()).isEqualTo(502);
    fixture.provider.does(FakeProvider.ok(ANSWER));

    assertThat(fixture.call("paid", CALL).statusCode()).isEqualTo(200);
    assertThat(fixture.provider.accepted()).isEqualTo(2);
  }

  @Test
  void closesAConnectionThatNobodyUsesForSeconds() throws Exception {
    fixture.provider.does(FakeProvider.ok(ANSWER));
    fixture.call("paid", CALL);
    assertThat(fixture.provider.connections()).isEqualTo(1);

    await("it is closed")
        .atMost(Duration.ofSeconds(8))
        .until(() -> fixture.provider.connections() == 0);
  }

  @Test
  void givesEachCallOfAMomentAConnectionOfItsOwn() throws Exception {
    CountDownLatch all = new CountDownLatch(5);
    fixture.provider.does(
        out -> {
          all.countDown();
          all.await();
          FakeProvider.ok(ANSWER).answer(out);
        });

    for (int round = 0; round < 2; round++) {
      List<CompletableFuture<Integer>> calls =
          IntStream.range(0, 5)
              .mapToObj(call -> CompletableFuture.supplyAsync(this::status))
              .toList();
      assertThat(calls).extracting(CompletableFuture::join).containsOnly(200);
    }
    assertThat(fixture.provider.accepted()).isEqualTo(5);
  }

  private int status() {
    try {
      return fixture.call("paid", CALL).statusCode();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static FakeProvider.Behaviour chunked(String length, String body) {
    return FakeProvider.rawAndOpen(
        FakeProvider.head(429, "application/json", "Transfer-Encoding: chunked\r\n", -1)
            + length
            + "\r\n"
            + body
            + "\r\n0\r\n\r\n");
  }

  private static String whole(String version, String fields) {
    return FakeProvider.head(
            200, "application/json", fields, ANSWER.getBytes(StandardCharsets.UTF_8).length)
        .replace("HTTP/1.1", version);
  }
}
