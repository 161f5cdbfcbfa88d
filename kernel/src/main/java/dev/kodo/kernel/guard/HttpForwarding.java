package dev.kodo.kernel.guard;

import dev.kodo.kernel.guard.http.Connections;
import dev.kodo.kernel.guard.http.Exchange;
import dev.kodo.kernel.guard.http.Headers;
import dev.kodo.kernel.guard.http.Upstream;
import dev.kodo.kernel.guard.http.Watchdog;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Forwards a call to a provider's server, with its key, once the server is ready. */
final class HttpForwarding implements Forwarding {
  private static final Duration LOOK_FOR_SLOT = Duration.ofMillis(250);
  private static final Duration ASK_AGAIN = Duration.ofMillis(500);

  private final Watchdog watchdog;
  private final Connections connections;
  private final BooleanSupplier stopped;
  private final Waiting waiting;
  private final Clock clock;
  private final Slots slots;
  private final Loading loading;
  private final WholeAnswers wholes = new WholeAnswers();

  HttpForwarding(
      Watchdog watchdog,
      Connections connections,
      BooleanSupplier stopped,
      Waiting waiting,
      Clock clock) {
    this.watchdog = watchdog;
    this.connections = connections;
    this.stopped = stopped;
    this.waiting = waiting;
    this.clock = clock;
    this.slots = new Slots(watchdog, connections);
    this.loading = new Loading(clock);
  }

  @Override
  public Outcome forward(Admitted call, Exchange exchange, Leash leash) {
    URI base = call.provider().baseUrl().orElseThrow();
    Optional<Outcome> busy = awaitSlot(call, base, leash);
    if (busy.isPresent()) {
      return busy.get();
    }
    Outcome outcome = loaded(call, base, exchange, leash);
    if (outcome instanceof Outcome.Streamed
        || (outcome instanceof Outcome.Answered answer && answer.status() < 300)) {
      loading.used(call);
    }
    return outcome;
  }

  /** Empty when the call can be sent: there is a free slot, or nobody knows. */
  private Optional<Outcome> awaitSlot(Admitted call, URI base, Leash leash) {
    if (!slots.areBusy(call, base, leash)) {
      return Optional.empty();
    }
    long longest = call.provider().timeout().dividedBy(2).toNanos();
    long begin = System.nanoTime();
    try (Waiting.Place place = waiting.enter(call.provider().name(), Waiting.Reason.SLOT)) {
      while (System.nanoTime() - begin < longest) {
        if (leash.endsWithin(LOOK_FOR_SLOT)) {
          return leash.why().map(why -> Outcome.early(call, why, false));
        }
        if (!slots.areBusy(call, base, leash)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        new Outcome.Failed(
            GuardCode.BUSY,
            "Expected the provider "
                + call.provider().name()
                + " to have a free slot within "
                + Duration.ofNanos(longest)
                + ", but other calls take them all.",
            false));
  }

  /** Sends the call, again and again as long as the server says that it loads. */
  private Outcome loaded(Admitted call, URI base, Exchange exchange, Leash leash) {
    boolean likely = loading.isLikely(call);
    Outcome outcome = once(call, base, exchange, leash, likely);
    Instant since = clock.instant();
    long begin = System.nanoTime();
    while (Loading.isSaid(outcome) && !chargesErrors(call)) {
      try (Waiting.Place place =
          waiting.enter(call.provider().name(), Waiting.Reason.LOADING, since)) {
        if (leash.endsWithin(ASK_AGAIN)) {
          return Outcome.early(call, leash.why().orElseThrow(), false);
        }
      }
      if (System.nanoTime() - begin > call.provider().loadTimeout().toNanos()) {
        return new Outcome.Failed(
            GuardCode.BUSY,
            "Expected the provider "
                + call.provider().name()
                + " to have loaded its model within "
                + call.provider().loadTimeout()
                + ", but it still loads.",
            false);
      }
      outcome = once(call, base, exchange, leash, true);
    }
    return outcome;
  }

  /** Each of its refusals may stand on the bill. */
  private static boolean chargesErrors(Admitted call) {
    return call.tariff().price().filter(p -> p.chargeErrors() && !p.perCall().isZero()).isPresent();
  }

  private Outcome once(Admitted call, URI base, Exchange exchange, Leash leash, boolean mayLoad) {
    try (Upstream upstream = new Upstream(base, connections);
        Patience patience = new Patience(leash, call.provider(), mayLoad)) {
      leash.cutBy(upstream::cut);
      Optional<Outcome> unsent = connect(call, upstream, leash);
      return unsent.isPresent()
          ? unsent.get()
          : sent(call, upstream, base, exchange, leash, patience);
    }
  }

  /** What there is to say when nothing was sent. */
  private Optional<Outcome> connect(Admitted call, Upstream upstream, Leash leash) {
    try {
      upstream.connect(watchdog);
      if (stopped.getAsBoolean()) {
        leash.end(Ended.STOPPED);
      }
      return leash.why().map(why -> Outcome.early(call, why, false));
    } catch (IOException | RuntimeException e) {
      return Optional.of(
          leash
              .why()
              .filter(why -> why != Ended.TIMEOUT)
              .map(why -> Outcome.early(call, why, false))
              .orElseGet(() -> unreachable(call, e)));
    }
  }

  private static Outcome unreachable(Admitted call, Exception e) {
    return new Outcome.Failed(
        GuardCode.PROVIDER_UNREACHABLE,
        "Expected the provider "
            + call.provider().name()
            + " to accept a connection, but: "
            + e.getClass().getSimpleName()
            + ".",
        false);
  }

  private Outcome sent(
      Admitted call,
      Upstream upstream,
      URI base,
      Exchange exchange,
      Leash leash,
      Patience patience) {
    try {
      String path = base.getRawPath() + "/" + call.provider().kind().wire().path();
      upstream.post(path, headers(call), call.body().bytes());
      StreamTimes times = new StreamTimes(patience.mayLoad(), System::nanoTime);
      Upstream.Answer answer = upstream.answer();
      String type = contentType(call, answer);
      Optional<EventForm> form = form(call, answer, type);
      if (form.isPresent()) {
        return new StreamedAnswer(call, leash, times)
            .pass(answer, form.get(), type, exchange, patience);
      }
      patience.firstByte();
      return wholes.read(call, answer, type);
    } catch (IOException | RuntimeException e) {
      return leash
          .why()
          .map(why -> Outcome.early(call, why, true))
          .orElseGet(
              () ->
                  Outcome.Failed.garbled(
                      call, "the connection ended with " + e.getClass().getSimpleName()));
    }
  }

  private static Headers headers(Admitted call) throws IOException {
    Headers headers = new Headers();
    headers.add("Content-Type", "application/json");
    headers.add("Accept", "*/*");
    headers.add("User-Agent", "kodo");
    call.request()
        .headers()
        .first("Idempotency-Key")
        .ifPresent(key -> headers.add("Idempotency-Key", key));
    if (call.provider().kind() == Provider.Kind.ANTHROPIC) {
      headers.add("anthropic-version", "2023-06-01");
    }
    call.provider().key().addTo(headers, call.provider().kind());
    return headers;
  }

  private static Optional<EventForm> form(Admitted call, Upstream.Answer answer, String type) {
    return call.inspection().streaming() && answer.status() < 300
        ? EventForm.of(type)
        : Optional.empty();
  }

  private static String contentType(Admitted call, Upstream.Answer answer) {
    return answer
        .headers()
        .first("Content-Type")
        .map(call.provider().key()::hiddenIn)
        .orElse("application/octet-stream");
  }
}
