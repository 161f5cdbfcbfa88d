package dev.kodo.kernel.part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One operating system process, for good: process ids are used again, but not together with the
 * same start time in the same boot of the machine.
 *
 * @param start ticks after boot (Linux, field 22 of {@code /proc/<pid>/stat}), elsewhere
 *     milliseconds since the epoch
 * @param boot id of this boot of the machine, empty where the system has none
 */
public record ProcessIdentity(long pid, long start, String boot) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /** The process that has this id now; empty when there is none or it is only a zombie. */
  public static Optional<ProcessIdentity> of(long pid) {
    return ProcStat.available() ? ProcStat.read(pid).flatMap(ProcStat::identity) : portable(pid);
  }

  public static ProcessIdentity self() {
    long pid = ProcessHandle.current().pid();
    return of(pid).orElseThrow(() -> new IllegalStateException("Expected to see process " + pid));
  }

  /** True while exactly this process lives. */
  public boolean isAlive() {
    return of(pid).filter(this::isSame).isPresent();
  }

  /** Says what equals says; the generated method is put together at run time, which is slow. */
  private boolean isSame(ProcessIdentity other) {
    return pid == other.pid && start == other.start && boot.equals(other.boot);
  }

  /** True when the process was suspended by SIGSTOP and cannot react to anything but SIGKILL. */
  public boolean isSuspended() {
    return isAlive() && ProcStat.read(pid).filter(stat -> stat.state() == 'T').isPresent();
  }

  /** The live process; empty when it is gone, even if another one has its id now. */
  public Optional<ProcessHandle> handle() {
    Optional<ProcessHandle> handle = ProcessHandle.of(pid);
    return isAlive() ? handle : Optional.empty();
  }

  static String currentBoot() {
    try {
      return Files.exists(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<ProcessIdentity> portable(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().startInstant())
        .map(start -> new ProcessIdentity(pid, start.toEpochMilli(), ""));
  }
}
