package dev.kodo.kernel.part;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files {@code run/<part>.json}. The started process writes {@code run/<part>.stat} itself
 * before it becomes the part, so there is no moment in which a part runs unrecorded.
 */
public final class PartRecords {
  private final Path folder;

  public PartRecords(Path folder) {
    this.folder = folder;
  }

  public Path statFile(String part) {
    return folder.resolve(part + ".stat");
  }

  /** Announces a start. The process id follows from the started process itself. */
  public void announce(String part, String fingerprint) throws IOException {
    Files.deleteIfExists(statFile(part));
    write(part, fingerprint, null);
  }

  public void started(String part, String fingerprint, ProcessIdentity process) throws IOException {
    write(part, fingerprint, process);
  }

  /** What the started process wrote about itself; empty when it never came so far. */
  Optional<ProcessIdentity> selfRecorded(String part) {
    return Optional.ofNullable(selfRecorded(part, ProcessIdentity.currentBoot()));
  }

  public Optional<PartRecord> read(String part) {
    return Json.read(file(part)).map(json -> record(part, json));
  }

  public void forget(String part) throws IOException {
    Files.deleteIfExists(file(part));
    Files.deleteIfExists(statFile(part));
  }

  /** Live parts among the named ones. */
  public List<PartRecord> alive(List<String> parts) {
    return parts.stream().flatMap(p -> read(p).stream()).filter(PartRecord::isAlive).toList();
  }

  private Path file(String part) {
    return folder.resolve(part + ".json");
  }

  private void write(String part, String fingerprint, @Nullable ProcessIdentity process)
      throws IOException {
    ObjectNode json = Json.object();
    json.put("part", part).put("fingerprint", fingerprint);
    json.put("boot", process == null ? ProcessIdentity.currentBoot() : process.boot());
    if (process != null) {
      json.put("pid", process.pid()).put("start", process.start());
    }
    AtomicFile.writeVolatile(file(part), Json.print(json));
  }

  private PartRecord record(String part, JsonNode json) {
    String boot = json.path("boot").asText();
    ProcessIdentity process =
        json.has("pid")
            ? new ProcessIdentity(json.get("pid").asLong(), json.path("start").asLong(), boot)
            : selfRecorded(part, boot);
    return new PartRecord(part, process, json.path("fingerprint").asText());
  }

  private @Nullable ProcessIdentity selfRecorded(String part, String boot) {
    try {
      ProcStat stat = ProcStat.parse(Files.readString(statFile(part)));
      return new ProcessIdentity(stat.pid(), stat.startTicks(), boot);
    } catch (IOException | IllegalArgumentException notWritten) {
      return null;
    }
  }
}
