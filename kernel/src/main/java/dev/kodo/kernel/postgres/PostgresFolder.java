package dev.kodo.kernel.postgres;

import dev.kodo.kernel.archive.FolderRemoval;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder with the database's files. */
record PostgresFolder(Path folder) {

  /** Creates the files with initdb in a folder beside and renames it when it is complete. */
  void create(PostgresBinaries binaries, Path adminPasswordFile) throws IOException {
    if (!isUnused()) {
      requireDatabase();
      return;
    }
    Path temp = folder.resolveSibling(folder.getFileName() + ".new");
    FolderRemoval.remove(temp);
    Files.createDirectories(java.util.Objects.requireNonNull(temp.getParent()));
    List<String> words = new ArrayList<>(UserNamespace.prefix());
    words.addAll(
        List.of(
            binaries.program("initdb").toString(),
            "--pgdata=" + temp,
            "--username=" + PostgresPart.ADMIN,
            "--pwfile=" + adminPasswordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--data-checksums"));
    run(words);
    Files.deleteIfExists(folder);
    Files.move(temp, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Surely not there, or surely empty. A folder that cannot be read may hold everything. */
  private boolean isUnused() throws IOException {
    if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private void requireDatabase() {
    if (!Files.exists(folder.resolve("PG_VERSION"))) {
      throw new Problem(
          ProblemCode.PART_FAILED,
          "Expected a PostgreSQL database in "
              + folder
              + ", but its file PG_VERSION is missing or unreadable. Nothing was changed.",
          "Check the disk and the permissions, or bring the folder back from a backup. Only when"
              + " nothing in it is needed, move it away: the next start makes a new one.");
    }
  }

  /**
   * Removes the pid file of a server that surely is gone. PostgreSQL itself would take any process
   * that has the same id now, for instance after a restart of a container, for the old server.
   */
  void removeStalePidFile() throws IOException {
    Path file = folder.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() >= 3 && isSurelyGone(lines.get(0), lines.get(2))) {
      Files.delete(file);
    }
  }

  private static boolean isSurelyGone(String pid, String startedEpochSecond) {
    try {
      long started = Long.parseLong(startedEpochSecond.strip());
      return ProcessHandle.of(Long.parseLong(pid.strip()))
          .flatMap(process -> process.info().startInstant())
          .map(start -> Math.abs(start.getEpochSecond() - started) > 60)
          .orElse(true);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static void run(List<String> words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(Map.of("LC_ALL", "C", "LANG", "C"));
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new Problem(
            ProblemCode.PART_FAILED, "Expected initdb to succeed, but it said: " + output);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("initdb was interrupted", e);
    }
  }
}
