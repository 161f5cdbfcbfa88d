package dev.kodo.kernel.audit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Keys as text, RFC 7468. */
final class Pem {
  private Pem() {}

  static String text(String label, byte[] encoded) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(encoded);
    return begin(label) + "\n" + body + "\n" + end(label) + "\n";
  }

  /** The bytes between the marks; throws {@link IllegalArgumentException} when there are none. */
  static byte[] bytes(String label, String text) {
    int begin = text.indexOf(begin(label));
    int end = text.indexOf(end(label));
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("no " + label + " in PEM");
    }
    String body = text.substring(begin + begin(label).length(), end);
    return Base64.getMimeDecoder().decode(body);
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String end(String label) {
    return "-----END " + label + "-----";
  }
}
