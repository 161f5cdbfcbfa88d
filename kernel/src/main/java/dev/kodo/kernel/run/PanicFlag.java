package dev.kodo.kernel.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The file that keeps the workers down until a person lifts it; it survives restarts. */
public record PanicFlag(Path file) {

  /** Puts an empty file there, which needs no room on the disk. A raised flag stays as it is. */
  public void touch() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      if (!isRaised()) {
        throw e;
      }
    }
  }

  /** Also says when and by whom. */
  public void raise(Instant when, String by) throws IOException {
    ObjectNode json = Json.object();
    json.put("at", when.toString()).put("by", by);
    AtomicFile.write(file, Json.print(json));
  }

  /** Returns false when there was none. */
  public boolean lift() throws IOException {
    return Files.deleteIfExists(file);
  }

  public boolean isRaised() {
    return Files.exists(file);
  }

  /** When and by whom; empty fields when the file was made by hand. */
  public Optional<JsonNode> details() {
    return isRaised() ? Json.read(file).or(() -> Optional.of(Json.object())) : Optional.empty();
  }
}
