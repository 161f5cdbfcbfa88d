package dev.kodo.channel;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import dev.kodo.worker.Nothing;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The jobs of the {@code sos} diagram. */
@Component
class SosWorker implements JobSteps {
  /** Pause after the first, second, … attempt; the last one is kept for all that follow. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10));

  private final Notices notices;
  private final List<Channel> channels;

  SosWorker(Notices notices, List<Channel> channels) {
    this.notices = notices;
    this.channels = channels.stream().sorted(Comparator.comparing(Channel::id)).toList();
  }

  record OfNotice(String agentId, String noticeId) {}

  record Prepared(boolean toldBefore, List<String> channels) {}

  record OnChannel(String agentId, String noticeId, String channel) {}

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "sos-prepare",
            "Prepare message",
            "Takes a notice for this instance and lists the channels that deliver it.",
            OfNotice.class,
            Prepared.class,
            Set.of(),
            this::prepare),
        new JobStep<>(
            "sos-deliver",
            "Deliver message",
            "Sends a notice over one channel; the engine tries again with growing pauses.",
            OnChannel.class,
            Nothing.class,
            Set.of(ErrorCode.CHANNEL_FAILED),
            this::deliver),
        new JobStep<>(
            "sos-fail",
            "Record failure of channel",
            "Records that a channel did not deliver a notice.",
            OnChannel.class,
            Nothing.class,
            Set.of(),
            this::fail));
  }

  private Prepared prepare(OfNotice input, JobRun run) {
    return run.commit(
        () -> {
          if (!notices.take(input.noticeId(), run.identity().processInstanceKey())) {
            return new Prepared(true, List.of());
          }
          List<String> ids = channels.stream().map(Channel::id).toList();
          ids.forEach(channel -> notices.expect(input.noticeId(), channel));
          return new Prepared(false, ids);
        });
  }

  private Nothing deliver(OnChannel input, JobRun run) {
    // A body that died right after a delivery had recorded it.
    if (notices.isDelivered(input.noticeId(), input.channel())) {
      return run.commit(() -> Nothing.NOTHING);
    }
    run.ensureWanted();
    return switch (channel(input.channel()).send(notices.get(input.noticeId()))) {
      case Delivery.Delivered delivered ->
          run.commit(
              () -> {
                notices.recordDelivered(input.noticeId(), input.channel());
                return Nothing.NOTHING;
              });
      case Delivery.TryAgain failed -> throw tryAgain(input, failed.reason());
      case Delivery.Refused refused -> {
        notices.recordAttempt(input.noticeId(), input.channel(), refused.reason());
        throw JobFailure.bpmnError(ErrorCode.CHANNEL_FAILED, refused.reason(), null);
      }
    };
  }

  private JobFailure tryAgain(OnChannel input, String reason) {
    int attempts = notices.recordAttempt(input.noticeId(), input.channel(), reason);
    return JobFailure.retryThenThrow(
        ErrorCode.CHANNEL_FAILED,
        PAUSES.get(Math.clamp(attempts - 1, 0, PAUSES.size() - 1)),
        reason);
  }

  private Nothing fail(OnChannel input, JobRun run) {
    return run.commit(
        () -> {
          notices.recordFailed(input.noticeId(), input.channel());
          return Nothing.NOTHING;
        });
  }

  /** A channel that was configured when the message was prepared may be gone after a restart. */
  private Channel channel(String id) {
    return channels.stream()
        .filter(channel -> channel.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                JobFailure.bpmnError(
                    ErrorCode.CHANNEL_FAILED,
                    "The channel '%s' is no longer configured.".formatted(id),
                    null));
  }
}
