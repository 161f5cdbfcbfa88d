package dev.kodo.kernel.guard;

import dev.kodo.kernel.guard.http.Exchange;
import dev.kodo.kernel.guard.http.Upstream;
import java.io.IOException;

/** One answer that comes in pieces: passed on, and counted beside that. Not thread-safe. */
final class StreamedAnswer {
  private static final int LARGEST = 64 << 20;

  private final Admitted call;
  private final Leash leash;
  private final Usage usage;
  private long length;

  StreamedAnswer(Admitted call, Leash leash, StreamTimes times) {
    this.call = call;
    this.leash = leash;
    this.usage = new Usage(times);
  }

  /**
   * Returns when the stream has ended, one way or the other.
   *
   * @param patience is told when the first byte has come
   */
  Outcome pass(
      Upstream.Answer answer,
      EventForm form,
      String contentType,
      Exchange exchange,
      Patience patience) {
    EventLines lines = new EventLines(call.provider().kind().wire(), usage);
    Relay relay = new Relay(call, answer.status(), form, contentType, exchange);
    Ended ended = read(answer, lines, relay, patience);
    boolean whole = lines.ended() || (ended == Ended.COMPLETE && usage.isFinished());
    relay.end(whole);
    if (relay.isGone()) {
      ended = Ended.CALLER_GONE;
    } else if (whole && ended != Ended.CALLER_GONE) {
      ended = Ended.COMPLETE;
    } else if (ended == Ended.COMPLETE) {
      ended = Ended.CUT_OFF;
    }
    return relay.hasBegun()
        ? new Outcome.Streamed(answer.status(), form, usage, length, relay.digest(), ended)
        : Outcome.early(call, ended, true);
  }

  private Ended read(Upstream.Answer answer, EventLines lines, Relay relay, Patience patience) {
    byte[] buffer = new byte[16 << 10];
    while (!relay.isGone() && length <= LARGEST) {
      int count;
      try {
        count = answer.body().read(buffer);
      } catch (IOException e) {
        return leash.why().orElse(Ended.CUT_OFF);
      }
      if (count < 0) {
        return Ended.COMPLETE;
      }
      patience.firstByte();
      length += count;
      lines.take(buffer, count);
      relay.pass(buffer, count);
    }
    return relay.isGone() ? Ended.CALLER_GONE : Ended.TOO_LARGE;
  }
}
