package dev.kodo.kernel.guard;

import dev.kodo.kernel.audit.Hash;
import dev.kodo.kernel.guard.http.Connections;
import dev.kodo.kernel.guard.http.Exchange;
import dev.kodo.kernel.guard.http.Headers;
import dev.kodo.kernel.guard.http.Upstream;
import dev.kodo.kernel.guard.http.Watchdog;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Forwards a call to a provider's server, with its key. */
final class HttpForwarding implements Forwarding {
  static final int LARGEST_ANSWER = 4 << 20;
  private static final int LARGEST_STREAM = 64 << 20;

  /** Longer answers are read one at a time: each takes some eight times its size meanwhile. */
  private static final int SMALL_ANSWER = 256 << 10;

  private final InFlight inFlight;
  private final Watchdog watchdog;
  private final Connections connections;
  private final BooleanSupplier stopped;
  private final Semaphore large = new Semaphore(1);

  HttpForwarding(
      InFlight inFlight, Watchdog watchdog, Connections connections, BooleanSupplier stopped) {
    this.inFlight = inFlight;
    this.watchdog = watchdog;
    this.connections = connections;
    this.stopped = stopped;
  }

  @Override
  public Outcome forward(Admitted call, Exchange exchange) {
    URI base = call.provider().baseUrl().orElseThrow();
    try (Upstream upstream = new Upstream(base, connections);
        InFlight.Entry entry = inFlight.add(upstream::cut);
        Watchdog.Limit limit = watchdog.limit(call.provider().timeout(), upstream::expire)) {
      Optional<Outcome> unsent = connect(call, upstream);
      return unsent.isPresent() ? unsent.get() : sent(call, upstream, base, exchange);
    }
  }

  /** What there is to say when nothing was sent. */
  private Optional<Outcome> connect(Admitted call, Upstream upstream) {
    try {
      upstream.connect(watchdog);
      return stopped.getAsBoolean() ? Optional.of(stopped(false)) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.of(
          upstream.isCut()
              ? stopped(false)
              : new Outcome.Failed(
                  GuardCode.PROVIDER_UNREACHABLE,
                  "Expected the provider "
                      + call.provider().name()
                      + " to accept a connection, but: "
                      + e.getClass().getSimpleName()
                      + ".",
                  false));
    }
  }

  private Outcome sent(Admitted call, Upstream upstream, URI base, Exchange exchange) {
    try {
      String path = base.getRawPath() + "/" + call.provider().kind().wire().path();
      upstream.post(path, headers(call), call.body().bytes());
      Upstream.Answer answer = upstream.answer();
      return isStream(call, answer)
          ? stream(call, upstream, answer, exchange)
          : whole(call, answer);
    } catch (IOException | RuntimeException e) {
      return failed(call, upstream, e);
    }
  }

  private static Outcome stopped(boolean sent) {
    return new Outcome.Failed(
        GuardCode.STOPPED, "Expected an answer, but the guard was told to stop.", sent);
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

  private static boolean isStream(Admitted call, Upstream.Answer answer) {
    String type = contentType(call, answer).toLowerCase(Locale.ROOT);
    return call.inspection().streaming()
        && answer.status() < 300
        && (type.startsWith("text/event-stream") || type.startsWith("application/x-ndjson"));
  }

  private static String contentType(Admitted call, Upstream.Answer answer) {
    return answer
        .headers()
        .first("Content-Type")
        .map(call.provider().key()::hiddenIn)
        .orElse("application/octet-stream");
  }

  private Outcome whole(Admitted call, Upstream.Answer answer) throws IOException {
    byte[] bytes = answer.body().readNBytes(SMALL_ANSWER);
    if (bytes.length < SMALL_ANSWER) {
      return whole(call, answer, bytes);
    }
    try {
      if (!large.tryAcquire(call.provider().timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        return garbled(call, "there was no room for its large answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return stopped(true);
    }
    try {
      return whole(call, answer, joined(bytes, answer.body().readNBytes(more())));
    } finally {
      large.release();
    }
  }

  private static int more() {
    return LARGEST_ANSWER - SMALL_ANSWER + 1;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static Outcome whole(Admitted call, Upstream.Answer answer, byte[] bytes) {
    if (bytes.length > LARGEST_ANSWER) {
      return garbled(call, "its answer is longer than " + LARGEST_ANSWER + " bytes");
    }
    boolean encoded =
        answer.headers().all("Content-Encoding").stream()
            .anyMatch(coding -> !coding.equalsIgnoreCase("identity"));
    if (encoded) {
      return garbled(call, "its answer is encoded although nobody asked for that");
    }
    Usage usage = new Usage();
    boolean counted = counted(call, bytes, usage);
    if (answer.status() < 300 && !counted) {
      return garbled(call, "its answer is none of this kind");
    }
    return new Outcome.Answered(
        answer.status(),
        contentType(call, answer),
        answer.headers().first("Retry-After").map(call.provider().key()::hiddenIn),
        new Outcome.WholeBody(call.provider().key().hiddenIn(bytes)),
        usage);
  }

  private static boolean counted(Admitted call, byte[] bytes, Usage usage) {
    try {
      String text = new String(bytes, StandardCharsets.UTF_8);
      return call.provider().kind().wire().whole(StrictJson.answer(text), usage);
    } catch (IOException noJson) {
      return false;
    }
  }

  private static Outcome stream(
      Admitted call, Upstream upstream, Upstream.Answer answer, Exchange exchange)
      throws IOException {
    Usage usage = new Usage();
    EventLines lines = new EventLines(call.provider().kind().wire(), usage);
    KeyFilter filter = call.provider().key().filter();
    MessageDigest digest = sha256();
    long length = 0;
    String fault = "";
    try {
      exchange.begin(answer.status(), Closing.headers(call, contentType(call, answer)));
    } catch (IOException gone) {
      fault = "caller-gone";
    }
    byte[] buffer = new byte[16 << 10];
    while (fault.isEmpty()) {
      int count;
      try {
        count = answer.body().read(buffer);
      } catch (IOException e) {
        fault = upstream.isCut() ? "stopped" : upstream.isLate() ? "provider-timeout" : "cut-off";
        break;
      }
      if (count < 0) {
        break;
      }
      length += count;
      lines.take(buffer, count);
      fault = pass(filter.take(buffer, count), exchange, digest) ? fault : "caller-gone";
      fault = length > LARGEST_STREAM ? "too-large" : fault;
    }
    if (!fault.equals("caller-gone") && !pass(filter.rest(), exchange, digest)) {
      fault = "caller-gone";
    }
    boolean complete = lines.ended();
    if (complete && !fault.equals("caller-gone")) {
      fault = "";
    } else if (!complete && fault.isEmpty()) {
      fault = "cut-off";
    }
    return new Outcome.Streamed(
        answer.status(),
        usage,
        length,
        Hash.known(digest.digest()),
        complete || fault.isEmpty() ? Optional.empty() : Optional.of(fault));
  }

  /** False when nobody takes the answer any more. */
  private static boolean pass(byte[] bytes, Exchange exchange, MessageDigest digest) {
    if (bytes.length == 0) {
      return true;
    }
    digest.update(bytes);
    try {
      exchange.piece(bytes, bytes.length);
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  private static Outcome failed(Admitted call, Upstream upstream, Exception e) {
    if (upstream.isCut()) {
      return stopped(true);
    }
    if (e instanceof IOException failure && upstream.timedOut(failure)) {
      return new Outcome.Failed(
          GuardCode.PROVIDER_TIMEOUT,
          "Expected the provider "
              + call.provider().name()
              + " to answer within "
              + call.provider().timeout()
              + ", but it did not.",
          true);
    }
    return garbled(call, "the connection ended with " + e.getClass().getSimpleName());
  }

  private static Outcome garbled(Admitted call, String why) {
    return new Outcome.Failed(
        GuardCode.PROVIDER_GARBLED,
        "Expected a complete answer of the provider "
            + call.provider().name()
            + ", but "
            + why
            + ".",
        true);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected every JDK to know SHA-256", e);
    }
  }
}
