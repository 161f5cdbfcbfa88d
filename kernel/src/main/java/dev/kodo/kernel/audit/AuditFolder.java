package dev.kodo.kernel.audit;

import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The folder that vouches for the log outside the database. */
public record AuditFolder(Path path) {

  Path publicKey() {
    return path.resolve("public-key.pem");
  }

  Path head() {
    return path.resolve("head.json");
  }

  Path checkpoints() {
    return path.resolve("checkpoints.jsonl");
  }

  /** Not forced to the disk: after a power cut an older head is right too, only less sharp. */
  void write(Head head) throws IOException {
    AtomicFile.writeVolatile(head(), head.text());
  }

  /**
   * The head as it stands.
   *
   * @throws IOException when there is no file, or no head in it
   */
  Head readHead() throws IOException {
    try {
      return Head.of(Json.parse(Files.readString(head())));
    } catch (IllegalArgumentException e) {
      throw new IOException("no head in " + head(), e);
    }
  }

  void append(Checkpoint checkpoint) throws IOException {
    Files.createDirectories(path);
    try (FileChannel file =
        FileChannel.open(
            checkpoints(),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      ByteBuffer line =
          ByteBuffer.wrap((checkpoint.line() + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        file.write(line);
      }
      file.force(true);
    }
  }

  /**
   * The complete lines of the file of checkpoints; none when there is no file. What a power cut
   * left of a last line does not count.
   */
  List<String> checkpointLines() throws IOException {
    if (!Files.exists(checkpoints())) {
      return List.of();
    }
    String text = Files.readString(checkpoints());
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  /** Cuts off what a power cut left of a last line. */
  void dropTornLine() throws IOException {
    if (Files.exists(checkpoints())) {
      byte[] bytes = Files.readAllBytes(checkpoints());
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      try (FileChannel file = FileChannel.open(checkpoints(), StandardOpenOption.WRITE)) {
        file.truncate(end);
      }
    }
  }
}
