package dev.kodo.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.process.ErrorCode;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobRuns;
import dev.kodo.worker.JobStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SosWorkerTest {
  private final TestDatabase database = TestDatabase.fresh();
  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  private final JobRuns runs = new JobRuns(database, clock, new ObjectMapper());
  private final Notices notices = new Notices(database.jdbc(), clock);
  private final List<String> sent = new ArrayList<>();
  private Delivery answer = new Delivery.Delivered();
  private final SosWorker worker =
      new SosWorker(notices, List.of(channel("webhook"), channel("log")));

  @Test
  void givesANoticeToOneInstanceOnly() {
    write("sos-main-1");
    JobRun first = runs.first("sos-prepare");

    assertThat(prepare("sos-main-1", first))
        .isEqualTo(new SosWorker.Prepared(false, List.of("log", "webhook")));
    assertThat(notices.take("sos-main-1", first.identity().processInstanceKey())).isTrue();
    assertThat(prepare("sos-main-1", runs.first("sos-prepare")).toldBefore()).isTrue();
    assertThat(notices.untold("main", List.of(NoticeKind.SOS))).isEmpty();
  }

  @Test
  void writesOneNoticeForOneOccasion() {
    write("sos-main-1");
    write("sos-main-1");

    assertThat(notices.untold("main", List.of(NoticeKind.SOS))).containsExactly("sos-main-1");
  }

  @Test
  void doesNotSendAgainWhatWasDelivered() {
    prepared();

    deliver("webhook");
    deliver("webhook");

    assertThat(sent).containsExactly("webhook sos-main-1");
    assertThat(status("webhook").state()).isEqualTo("delivered");
    assertThat(status("log").state()).isEqualTo("waiting");
  }

  @Test
  void letsTheEngineTryAgainWithGrowingPauses() {
    prepared();
    answer = new Delivery.TryAgain("Nobody answered.");

    assertThat(pauseAfterFailure()).isEqualTo(Duration.ofSeconds(5));
    assertThat(pauseAfterFailure()).isEqualTo(Duration.ofSeconds(30));
    for (int attempt = 3; attempt <= 7; attempt++) {
      pauseAfterFailure();
    }
    assertThat(pauseAfterFailure()).isEqualTo(Duration.ofMinutes(10));
    assertThat(status("webhook").attempts()).isEqualTo(8);
    assertThat(status("webhook").lastError()).isEqualTo("Nobody answered.");
  }

  @Test
  void givesUpAtOnceOnARefusalAndShowsIt() {
    prepared();
    answer = new Delivery.Refused("The webhook answered with HTTP status 404.");

    assertThatThrownBy(() -> deliver("webhook"))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.CHANNEL_FAILED)));
    run(2, new SosWorker.OnChannel("main", "sos-main-1", "webhook"));

    assertThat(status("webhook"))
        .isEqualTo(
            new NoticeStatus.ChannelStatus(
                "webhook", "failed", 1, "The webhook answered with HTTP status 404."));
  }

  @Test
  void failsAChannelThatIsNoLongerConfigured() {
    prepared();

    assertThatThrownBy(() -> deliver("line")).hasMessageContaining("no longer configured");
  }

  private void prepared() {
    write("sos-main-1");
    prepare("sos-main-1", runs.first("sos-prepare"));
  }

  private void write(String id) {
    notices.write(id, "main", NoticeKind.SOS, "subject", "body");
  }

  private SosWorker.Prepared prepare(String id, JobRun run) {
    return (SosWorker.Prepared) run(0, new SosWorker.OfNotice("main", id), run);
  }

  private void deliver(String channel) {
    run(1, new SosWorker.OnChannel("main", "sos-main-1", channel));
  }

  private Duration pauseAfterFailure() {
    try {
      deliver("webhook");
      throw new AssertionError("Expected the delivery to fail");
    } catch (JobFailure failure) {
      return ((JobFailure.Meaning.Retry) failure.meaning()).atLeast();
    }
  }

  private NoticeStatus.ChannelStatus status(String channel) {
    return notices.latest("main").orElseThrow().channels().stream()
        .filter(status -> status.channel().equals(channel))
        .findFirst()
        .orElseThrow();
  }

  private Object run(int step, Object input) {
    return run(step, input, runs.first("sos"));
  }

  @SuppressWarnings("unchecked") // Each test hands the step the input that it declares.
  private Object run(int step, Object input, JobRun run) {
    return ((JobStep<Object, Object>) worker.steps().get(step)).work().run(input, run);
  }

  private Channel channel(String id) {
    return new Channel() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public Delivery send(Notice notice) {
        sent.add(id + " " + notice.noticeId());
        return answer;
      }
    };
  }
}
