package dev.kodo.kernel.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.ProcessIdentity;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One kernel per home folder: the system releases the lock even when the kernel is killed. */
public final class KernelLock implements AutoCloseable {
  private final KodoHome home;
  private final FileChannel channel;

  private KernelLock(KodoHome home, FileChannel channel) {
    this.home = home;
    this.channel = channel;
  }

  /** Takes the lock and records this process, or throws a problem with the holder's pid. */
  public static KernelLock take(KodoHome home) throws IOException {
    Files.createDirectories(home.run());
    FileChannel channel =
        FileChannel.open(file(home), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      String pid = holder(home).map(h -> " (pid " + h.pid() + ")").orElse("");
      throw new Problem(
          ProblemCode.ALREADY_RUNNING, "Kodo is already running for " + home.root() + pid + ".");
    }
    record(home);
    return new KernelLock(home, channel);
  }

  /** The locked file. It is never deleted: whoever made a new one would not see the old lock. */
  public static Path file(KodoHome home) {
    return home.run().resolve("kernel.lock");
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  private static void record(KodoHome home) throws IOException {
    ProcessIdentity self = ProcessIdentity.self();
    ObjectNode json = Json.object();
    json.put("pid", self.pid()).put("start", self.start()).put("boot", self.boot());
    AtomicFile.writeVolatile(home.kernelRecord(), Json.print(json));
  }

  /** The live kernel of this home. */
  public static Optional<ProcessIdentity> holder(KodoHome home) {
    return recorded(home).filter(ProcessIdentity::isAlive);
  }

  /** The last kernel that did not end cleanly, or the live one. */
  public static Optional<ProcessIdentity> recorded(KodoHome home) {
    return Json.read(home.kernelRecord()).map(KernelLock::identity);
  }

  private static ProcessIdentity identity(JsonNode json) {
    return new ProcessIdentity(
        json.path("pid").asLong(), json.path("start").asLong(), json.path("boot").asText());
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(home.kernelRecord());
    channel.close();
  }
}
