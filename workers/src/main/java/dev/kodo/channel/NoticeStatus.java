package dev.kodo.channel;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest notice of an agent and what became of it on each channel. */
public record NoticeStatus(
    String noticeId, String kind, String subject, Instant createdAt, List<ChannelStatus> channels) {
  public NoticeStatus {
    channels = List.copyOf(channels);
  }

  /**
   * @param state {@code waiting}, {@code delivered} or {@code failed}
   * @param lastError why the last attempt did not succeed
   */
  public record ChannelStatus(
      String channel, String state, int attempts, @Nullable String lastError) {}
}
