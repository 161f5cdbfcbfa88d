package dev.kodo.kernel.guard;

import static dev.kodo.kernel.guard.GuardFixture.openAi;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller that goes leaves no provider at work, and one that stays is never mistaken for it. */
@Tag("slow")
class GuardCallerTest {
  private static final String PATH = "/models/paid/chat/completions";
  private static final String CALL = openAi("Hello", "");
  private static final String STREAMED = openAi("Hello", ",\"stream\":true");
  private static final String EVENT = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n";
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leavesTheProviderWhenTheCallerGoesBeforeTheFirstByte(boolean streamed) throws Exception {
    fixture.provider.does(FakeProvider.untilLeft());
    try (Socket caller = call(PATH, streamed ? STREAMED : CALL)) {
      await("the provider works").until(() -> fixture.provider.connections() == 1);
      assertThat(caller.isConnected()).isTrue();
    }

    assertProviderIsLeft();
    assertThat(fixture.rows("select state from guard.spend")).hasSize(1);
  }

  @Test
  void leavesTheProviderWhenTheCallerGoesBetweenTwoEvents() throws Exception {
    fixture.provider.does(
        out -> {
          FakeProvider.stream("text/event-stream", true, EVENT).answer(out);
          FakeProvider.untilLeft().answer(out);
        });
    try (Socket caller = call(PATH, STREAMED)) {
      assertThat(line(caller)).contains("200");
    }

    assertProviderIsLeft();
  }

  @Test
  void leavesTheProviderWhenTheCallerGoesWhileEventsFlow() throws Exception {
    fixture.provider.does(
        out -> {
          out.write(
              FakeProvider.head(200, "text/event-stream", "", -1).getBytes(StandardCharsets.UTF_8));
          while (true) {
            out.write(EVENT.getBytes(StandardCharsets.UTF_8));
            out.flush();
            Thread.sleep(5);
          }
        });
    try (Socket caller = call(PATH, STREAMED)) {
      assertThat(line(caller)).contains("200");
    }

    assertProviderIsLeft();
  }

  @Test
  void killsACommandWhoseCallerHasGoneAndAllThatItStarted() throws Exception {
    String mark = "47" + System.nanoTime() % 1_000_000;
    String run = "run: sleep " + mark + " & (sleep " + mark + "); sleep 9";
    try (Socket caller = call("/models/cli/chat/completions", openAi(run, ""))) {
      await("it runs").until(() -> sleepers(mark).count() == 2);
      assertThat(caller.isConnected()).isTrue();
    }

    await("it is killed").atMost(AT_ONCE).until(() -> sleepers(mark).count() == 0);
    await("it is recorded").until(() -> !fixture.events("caller-gone").isEmpty());
    assertThat(fixture.events("caller-gone").getFirst().detail()).containsEntry("basis", "flat");
  }

  private static Stream<ProcessHandle> sleepers(String mark) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains("sleep " + mark));
  }

  /** The look for a caller that goes must take nothing of what it sends next. */
  @Test
  void answersARequestThatCameWhileTheLastOneWasUnderWay() throws Exception {
    String answer =
        GuardFixture.completion("Hi", "{\"prompt_tokens\":500,\"completion_tokens\":7}");
    fixture.provider.does(
        out -> {
          Thread.sleep(300);
          FakeProvider.ok(answer).answer(out);
        });
    try (Socket caller = call(PATH, CALL)) {
      await("the first is under way").until(() -> fixture.provider.seen().size() == 1);
      caller.getOutputStream().write(GuardFixture.bytes(PATH, CALL));
      for (int i = 0; i < 2; i++) {
        assertThat(line(caller)).isEqualTo("HTTP/1.1 200 -");
        for (String line = line(caller); !line.isEmpty(); line = line(caller)) {
          assertThat(line).contains(": ");
        }
        assertThat(
                new String(
                    caller.getInputStream().readNBytes(answer.length()), StandardCharsets.UTF_8))
            .isEqualTo(answer);
      }
    }
    assertThat(fixture.provider.seen()).hasSize(2);
  }

  private Socket call(String path, String body) throws IOException {
    Socket caller = new Socket(InetAddress.getLoopbackAddress(), fixture.guard.port());
    caller.setSoTimeout(20_000);
    caller.getOutputStream().write(GuardFixture.bytes(path, body));
    return caller;
  }

  private static String line(Socket caller) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = caller.getInputStream().read(); b != '\n'; b = caller.getInputStream().read()) {
      assertThat(b).as("after " + line).isNotNegative();
      line.append((char) b);
    }
    return line.toString().strip();
  }

  private void assertProviderIsLeft() {
    await("the provider is left").atMost(AT_ONCE).until(() -> fixture.provider.connections() == 0);
    await("the call is recorded").until(() -> !fixture.events("caller-gone").isEmpty());
    assertThat(fixture.events("caller-gone").getFirst().detail())
        .containsEntry("basis", "worst-case")
        .containsEntry("ended", "caller-gone");
  }
}
