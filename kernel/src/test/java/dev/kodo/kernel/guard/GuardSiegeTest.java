package dev.kodo.kernel.guard;

import static dev.kodo.kernel.guard.GuardFixture.openAi;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.Kind;
import dev.kodo.kernel.budget.Usd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that want to wear the guard down, and providers that help them. */
@Tag("slow")
class GuardSiegeTest {
  private static final String CALL = openAi("Hello", "");
  private static final String STREAMED = openAi("Hello", ",\"stream\":true");

  @TempDir Path folder;
  private GuardFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new GuardFixture(folder);
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  @Test
  void answersAStrangerWithoutWaitingForItsBody() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.guard.port())) {
      socket.setSoTimeout(5_000);
      String head =
          """
          POST /models/paid/chat/completions HTTP/1.1
          Content-Type: application/json
          Kodo-Agent: main
          Kodo-Call: c
          Content-Length: 8000000

          """;
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

      byte[] begin = socket.getInputStream().readNBytes(13);

      assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 401 ");
    }
    assertThat(fixture.events("caller-unknown").getFirst().agentId())
        .as("what a stranger calls itself")
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 9, 17, 1000})
  void takesTheKeyOutOfAStreamWhereverItIsCut(int length) throws Exception {
    String text =
        """
        data: {"choices":[{"delta":{"content":"ssk-very-ssk-very-secret-key sk-very"}}]}

        data: [DONE]

        """;
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at < text.length(); at += length) {
      pieces.add(text.substring(at, Math.min(text.length(), at + length)));
    }
    fixture.provider.does(
        out -> {
          String type = "text/event-stream; key=" + GuardFixture.KEY;
          out.write(
              FakeProvider.head(200, type, "Transfer-Encoding: chunked\r\n", -1)
                  .getBytes(StandardCharsets.UTF_8));
          for (String piece : pieces) {
            String chunk = Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n";
            out.write(chunk.getBytes(StandardCharsets.UTF_8));
            out.flush();
          }
          out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        });

    HttpResponse<String> answer = fixture.call("paid", STREAMED);

    assertThat(answer.body()).startsWith(text.replace(GuardFixture.KEY, "***") + "event: kodo\n");
    assertThat(answer.headers().map().toString()).doesNotContain(GuardFixture.KEY);
  }

  @Test
  void takesTheKeyOutOfTheHeadersOfAnAnswer() throws Exception {
    fixture.provider.does(
        FakeProvider.status(429, "Retry-After: " + GuardFixture.KEY + "\r\n", "{}"));

    assertThat(fixture.call("paid", CALL).headers().firstValue("Retry-After")).contains("***");
  }

  @Test
  void entersAFloodOfRefusalsAsANumber() throws Exception {
    for (int i = 0; i < RefusalRecord.IN_FULL + 30; i++) {
      fixture.raw("GET /budget HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(fixture.events("caller-unknown")).hasSize(RefusalRecord.IN_FULL);
    fixture.guard.close();

    List<AuditEvent> all = fixture.events("caller-unknown");
    assertThat(all).hasSize(RefusalRecord.IN_FULL + 1);
    assertThat(all.getLast().kind()).isEqualTo(Kind.REFUSAL);
    assertThat(all.getLast().subject()).isEqualTo("further refusals");
    assertThat(all.getLast().detail()).containsEntry("count", "30");
  }

  @Test
  void writesTheEndOfACallDownOnlyWhenTheCallIsOnTheRecord() throws Exception {
    fixture.provider.does(
        FakeProvider.ok(
            GuardFixture.completion("Hi", "{\"prompt_tokens\":500,\"completion_tokens\":7}")));
    fixture.audit.broken(true);
    assertThat(fixture.call("paid", CALL).statusCode()).isEqualTo(200);
    await("the guard owes an entry").until(() -> fixture.call("paid", CALL).statusCode() == 503);

    assertThat(fixture.rows("select distinct state from guard.spend")).containsExactly("reserved");
    assertThat(fixture.guard.ledger().spending().day())
        .as("it counts all the same")
        .isGreaterThan(Usd.ZERO);

    fixture.audit.broken(false);
    await("the entry is written").until(() -> fixture.call("paid", CALL).statusCode() == 200);
    await("so is the end")
        .until(
            () ->
                fixture.rows("select distinct state from guard.spend").equals(List.of("settled")));
  }

  @Test
  void doesNotSayThatAnEntryOfTheBodyIsOnTheRecordWhenItIsNot() throws Exception {
    fixture.audit.broken(true);

    HttpResponse<String> answer =
        fixture.send(
            fixture.request(
                "/audit", "{\"kind\":\"tool-call\",\"subject\":\"ls\",\"outcome\":\"ok\"}"));

    assertThat(answer.statusCode()).isEqualTo(503);
  }

  @Test
  void endsACallThatTheGuardItselfFailsIn() throws Exception {
    CompletableFuture<HttpResponse<String>> unanswered =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return fixture.call("nowhere", CALL);
              } catch (IOException | InterruptedException cut) {
                throw new IllegalStateException(cut);
              }
            });

    await("the call is recorded").until(() -> !fixture.events("guard-failed").isEmpty());
    assertThat(fixture.events("guard-failed").getFirst().detail()).containsEntry("basis", "flat");
    assertThat(unanswered).completesExceptionallyWithin(Duration.ofSeconds(20));
  }

  @Test
  void endsAHandshakeThatNeverEndsOnPanicAndCountsNothing() throws Exception {
    await("the guard asks no server any more: the last of three such is behind the secure one")
        .atMost(Duration.ofSeconds(20))
        .until(() -> Collections.frequency(fixture.provider.asked(), "GET /models") == 3);
    fixture.provider.does(fixture.provider.hang());
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return fixture.call("secure", CALL);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    await("the handshake has begun").until(() -> fixture.provider.open() == 1);
    Instant begin = Instant.now();
    Files.createDirectories(fixture.home.run());
    Files.writeString(fixture.home.panicFlag(), "");

    assertThat(answer.get().headers().firstValue("Kodo-Guard")).contains("stopped");
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(2));
    assertThat(fixture.guard.ledger().spending().day()).isEqualTo(Usd.ZERO);
  }
}
