package dev.kodo.theme;

import dev.kodo.workspace.FrontMatter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How a theme file that the agent wrote is told from one of a person: by its record, its name, and
 * a hash of what it says. One that a person changed is that person's.
 */
final class OwnMark {
  static final String PREFIX = "own.";
  private static final String KEY = "written";

  private OwnMark() {}

  /** The head of a file that the agent writes, with the hash of its title and of {@code body}. */
  static FrontMatter on(FrontMatter head, String body) {
    return head.with(KEY, hash(head, body));
  }

  /** Whatever line ends and blank lines an editor leaves. */
  private static String hash(FrontMatter head, String text) {
    String plain = head.get("title").orElse("").strip() + "\n" + text.replace("\r\n", "\n").strip();
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(plain.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Expected SHA-256, which every Java has", missing);
    }
  }

  /**
   * Whether the agent wrote this file and nobody changed it since. A file of a version that left no
   * hash counts by its record and its name alone.
   */
  static boolean isOn(FrontMatter.Document document, String fileName) {
    FrontMatter head = document.head();
    Optional<String> written = head.get(KEY);
    return head.get("source").filter(Theme.Source.OWN.id()::equals).isPresent()
        && head.get("process_instance").isPresent()
        && head.get("heartbeat").filter(id -> fileName.startsWith(PREFIX + id + "_")).isPresent()
        && (written.isEmpty() || written.get().equals(hash(head, document.body())));
  }
}
