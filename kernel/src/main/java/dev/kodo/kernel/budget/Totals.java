package dev.kodo.kernel.budget;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What counts against every cap now: settled amounts and open reservations. Not thread-safe; the
 * ledger's lock guards it.
 */
final class Totals {

  /** Callers name their heartbeats, and no number of names may fill the memory. */
  private static final int MOST_BEATS = 10_000;

  /** A heartbeat's own id is unique for its agent only. */
  record Beat(String agentId, String heartbeatId) {}

  private static final class BeatTotal {
    private Usd amount;
    private LocalDate touched;
    private int open;

    private BeatTotal(Usd amount, LocalDate touched) {
      this.amount = amount;
      this.touched = touched;
    }
  }

  private LocalDate day = LocalDate.MIN;
  private Instant hour = Instant.MIN;
  private Usd dayTotal = Usd.ZERO;
  private Usd hourTotal = Usd.ZERO;
  private final Map<String, Usd> agents = new HashMap<>();

  /** Of the heartbeats that were heard of last; what others spent is in the database. */
  private final Map<Beat, BeatTotal> beats = new LinkedHashMap<>(16, 0.75f, true);

  /** Begins with what the database knows of this window. */
  void load(Window window, Usd ofDay, Usd ofHour, Map<String, Usd> ofAgents) {
    day = window.day();
    hour = window.hour();
    dayTotal = ofDay;
    hourTotal = ofHour;
    agents.putAll(ofAgents);
  }

  /** What was left of the last window is lost: allowances do not pile up. */
  void enter(Window window) {
    if (!window.day().equals(day)) {
      day = window.day();
      dayTotal = Usd.ZERO;
      agents.clear();
      LocalDate keep = day.minusDays(1);
      beats.values().removeIf(beat -> beat.open == 0 && beat.touched.isBefore(keep));
    }
    if (!window.hour().equals(hour)) {
      hour = window.hour();
      hourTotal = Usd.ZERO;
    }
  }

  boolean knows(Beat beat) {
    return beats.containsKey(beat);
  }

  void learn(Beat beat, Usd spent) {
    beats.put(beat, new BeatTotal(spent, day));
    if (beats.size() > MOST_BEATS) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    Iterator<BeatTotal> oldest = beats.values().iterator();
    while (oldest.hasNext()) {
      if (oldest.next().open == 0) {
        oldest.remove();
        return;
      }
    }
  }

  /** The first cap that leaves no room for the request in the entered window. */
  Optional<ReserveResult.Refused> refusal(SpendRequest request, Caps all) {
    Caps caps = all.on(day);
    Usd wanted = request.worstCase();
    String agent = request.caller().agentId();
    return over(Cap.PER_CALL, caps.perCall(), Usd.ZERO, wanted)
        .or(() -> over(Cap.PER_HEARTBEAT, caps.perHeartbeat(), ofBeat(beat(request)), wanted))
        .or(() -> over(Cap.PER_HOUR, caps.perHour(), hourTotal, wanted))
        .or(() -> over(Cap.PER_AGENT, caps.ofAgent(agent), ofAgent(agent), wanted))
        .or(() -> over(Cap.PER_DAY, caps.perDay(), dayTotal, wanted));
  }

  /** A call that costs nothing is never refused, also when an overrun has passed a cap. */
  private static Optional<ReserveResult.Refused> over(Cap cap, Usd limit, Usd used, Usd wanted) {
    return !wanted.isZero() && used.plus(wanted).exceeds(limit)
        ? Optional.of(new ReserveResult.Refused(cap, limit, used, wanted))
        : Optional.empty();
  }

  void open(Reservation reservation) {
    Beat beat = beat(reservation.request());
    if (beat != null) {
      beats.computeIfAbsent(beat, unknown -> new BeatTotal(Usd.ZERO, day)).open++;
    }
    change(reservation, Usd.ZERO, reservation.amount());
  }

  void close(Reservation reservation, Usd amount) {
    change(reservation, reservation.amount(), amount);
    Beat beat = beat(reservation.request());
    BeatTotal total = beat == null ? null : beats.get(beat);
    if (total != null) {
      total.open--;
    }
  }

  /** A window that is over has no total any more, and needs none. */
  private void change(Reservation reservation, Usd from, Usd to) {
    Window window = reservation.window();
    if (window.day().equals(day)) {
      dayTotal = dayTotal.plus(to).minus(from);
      agents.merge(
          reservation.request().caller().agentId(),
          to,
          (known, ignored) -> known.plus(to).minus(from));
    }
    if (window.hour().equals(hour)) {
      hourTotal = hourTotal.plus(to).minus(from);
    }
    Beat beat = beat(reservation.request());
    BeatTotal total = beat == null ? null : beats.get(beat);
    if (total != null) {
      total.amount = total.amount.plus(to).minus(from);
      total.touched = day;
    }
  }

  static @Nullable Beat beat(SpendRequest request) {
    SpendRequest.Caller caller = request.caller();
    return caller.heartbeatId() == null ? null : new Beat(caller.agentId(), caller.heartbeatId());
  }

  Usd ofBeat(@Nullable Beat beat) {
    BeatTotal total = beat == null ? null : beats.get(beat);
    return total == null ? Usd.ZERO : total.amount;
  }

  Usd ofAgent(String agentId) {
    return agents.getOrDefault(agentId, Usd.ZERO);
  }

  Spending spending(Window window) {
    return new Spending(window, dayTotal, hourTotal, Map.copyOf(agents));
  }
}
