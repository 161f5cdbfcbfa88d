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
    private int calls;
    private Stated stated;
    private LocalDate touched;
    private int open;

    private BeatTotal(BeatSpending spending, LocalDate touched) {
      this.amount = spending.amount();
      this.calls = spending.calls();
      this.stated = spending.stated();
      this.touched = touched;
    }

    private BeatSpending spending() {
      return new BeatSpending(amount, calls, stated);
    }
  }

  private LocalDate day = LocalDate.MIN;
  private Instant hour = Instant.MIN;
  private Usd dayTotal = Usd.ZERO;
  private Usd hourTotal = Usd.ZERO;
  private final Map<String, Usd> agents = new HashMap<>();
  private final RecentCalls recent = new RecentCalls();

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

  void learn(Beat beat, BeatSpending spent) {
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
  Optional<ReserveResult> refusal(SpendRequest request, Caps caps) {
    return overCap(request, caps)
        .<ReserveResult>map(refused -> refused)
        .or(() -> overStated(request));
  }

  /**
   * The limits that were stated for the heartbeat bind this call too, and its own bind later ones.
   */
  private Optional<ReserveResult.OverStated> overStated(SpendRequest request) {
    BeatTotal total = total(beat(request));
    BeatSpending used = total == null ? BeatSpending.NOTHING : total.spending();
    return used.stated().lower(request.stated()).refusal(used, request.worstCase());
  }

  private Optional<ReserveResult.Refused> overCap(SpendRequest request, Caps all) {
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
      BeatTotal total =
          beats.computeIfAbsent(beat, unknown -> new BeatTotal(BeatSpending.NOTHING, day));
      total.open++;
      total.calls++;
      total.stated = total.stated.lower(reservation.request().stated());
    }
    recent.add(reservation.amount());
    change(reservation, Usd.ZERO, reservation.amount());
  }

  /**
   * Ends a reservation.
   *
   * @param made false when there surely was no call
   */
  void close(Reservation reservation, Usd amount, boolean made) {
    change(reservation, reservation.amount(), amount);
    BeatTotal total = total(beat(reservation.request()));
    if (total != null) {
      total.open--;
      total.calls -= made ? 0 : 1;
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
    BeatTotal total = total(beat(reservation.request()));
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
    BeatTotal total = total(beat);
    return total == null ? Usd.ZERO : total.amount;
  }

  private @Nullable BeatTotal total(@Nullable Beat beat) {
    return beat == null ? null : beats.get(beat);
  }

  Usd ofAgent(String agentId) {
    return agents.getOrDefault(agentId, Usd.ZERO);
  }

  Spending spending(Window window) {
    return new Spending(window, dayTotal, hourTotal, Map.copyOf(agents), recent.usual());
  }
}
