package dev.kodo.kernel.part;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a part is started.
 *
 * @param environment all of it: nothing is inherited from the kernel
 * @param content what the program reads from files; a change of it is a change of the part
 */
public record PartCommand(
    List<String> words, Map<String, String> environment, Path folder, String content) {

  public PartCommand {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /** Equal for equal commands; says nothing about the secrets in them. */
  public String fingerprint() {
    String all = words + "\n" + new TreeMap<>(environment) + "\n" + folder + "\n" + content;
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(all.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected every JDK to know SHA-256", e);
    }
  }
}
