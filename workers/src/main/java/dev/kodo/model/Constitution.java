package dev.kodo.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kodo.model.http.ConstitutionEndpoint;
import dev.kodo.model.http.EndpointRefused;
import dev.kodo.model.http.OutcomeUnknown;
import dev.kodo.process.ErrorCode;
import dev.kodo.worker.CallRefused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Layer 0: the text that leads every prompt, byte for byte. The guard owns it. */
final class Constitution {
  private final ConstitutionEndpoint guard;
  private volatile @Nullable String known;

  Constitution(ConstitutionEndpoint guard) {
    this.guard = guard;
  }

  /**
   * The text; fetched from the guard when it is not known yet.
   *
   * @throws ProviderRefused when the guard does not give out a text that fits its own hash; nothing
   *     has been sent to a model then
   */
  String text() {
    @Nullable String text = known;
    if (text == null) {
      text = fetched();
      known = text;
    }
    return text;
  }

  /** Fetches anew next time: the guard says that it knows another text. */
  void forget() {
    known = null;
  }

  private String fetched() {
    ConstitutionEndpoint.Sent sent;
    try {
      sent = guard.fetch();
    } catch (EndpointRefused | OutcomeUnknown unread) {
      throw refused(String.valueOf(unread.getMessage()), unread);
    }
    // What is no UTF-8, or was cut off, has another hash as soon as it is written again.
    if (!hash(sent.text()).equals(sent.sha256().toLowerCase(Locale.ROOT))) {
      throw refused("The text does not fit its hash.", null);
    }
    if (sent.text().isBlank()) {
      throw refused("It is empty.", null);
    }
    return sent.text();
  }

  private static ProviderRefused refused(String why, @Nullable Throwable cause) {
    String message =
        "The constitution could not be had from the guard, so nothing was sent. " + why;
    return new ProviderRefused(
        new Consequence.Final(new CallRefused(ErrorCode.MODEL_UNAVAILABLE, message, cause)),
        message,
        null,
        cause);
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Expected every Java runtime to know SHA-256", impossible);
    }
  }
}
