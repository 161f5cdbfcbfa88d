package dev.kodo.kernel.postgres;

import dev.kodo.kernel.archive.Checksum;
import dev.kodo.kernel.archive.Unpacking;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs, unpacked from the library on the class path into the cache. */
public record PostgresBinaries(Path folder) {

  /** Unpacks them on the first call; the folder's name follows from their content. */
  public static PostgresBinaries unpacked(Path cache) throws IOException {
    String resource = resource();
    Path folder = cache.resolve("postgres-" + checksum(resource).substring(0, 12));
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(cache);
      try (InputStream archive = new XZInputStream(open(resource))) {
        Unpacking.tar(archive, folder, "");
      }
    }
    return new PostgresBinaries(folder);
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  private static String checksum(String resource) throws IOException {
    return Checksum.sha256(open(resource));
  }

  private static InputStream open(String resource) {
    InputStream stream = PostgresBinaries.class.getResourceAsStream(resource);
    if (stream == null) {
      throw new Problem(
          ProblemCode.PLATFORM_UNSUPPORTED,
          "Expected an embedded PostgreSQL for this machine, but there is no " + resource + ".");
    }
    return stream;
  }

  private static String resource() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String os = system.contains("mac") ? "darwin" : "linux";
    String arch = machine.equals("aarch64") || machine.equals("arm64") ? "arm_64" : "x86_64";
    return "/postgres-" + os + "-" + arch + ".txz";
  }
}
