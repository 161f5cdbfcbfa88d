package dev.kodo.kernel.part;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A part with all processes that it started, also those whose parent is already gone. */
public final class ProcessTree {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private ProcessTree() {}

  /**
   * Kills the whole tree without asking and waits until it is gone.
   *
   * @return false when something still lives after the given time
   */
  public static boolean kill(ProcessIdentity leader, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Map<Long, ProcessIdentity> known = new HashMap<>();
    while (true) {
      members(leader, known);
      List<ProcessHandle> alive =
          known.values().stream().flatMap(member -> member.handle().stream()).toList();
      if (alive.isEmpty()) {
        return true;
      }
      alive.forEach(ProcessHandle::destroyForcibly);
      if (System.nanoTime() > deadline) {
        return false;
      }
      pause();
    }
  }

  /** Kills one process and waits until it is gone; what it started lives on. */
  public static boolean killAlone(ProcessIdentity process, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      process.handle().ifPresent(ProcessHandle::destroyForcibly);
      pause();
    }
    return !process.isAlive();
  }

  private static void members(ProcessIdentity leader, Map<Long, ProcessIdentity> known) {
    known.put(leader.pid(), leader);
    List<ProcessIdentity> roots = List.copyOf(known.values());
    Stream<Long> descendants =
        roots.stream()
            .flatMap(root -> root.handle().stream())
            .flatMap(ProcessHandle::descendants)
            .map(ProcessHandle::pid);
    Stream.concat(descendants, session(leader))
        .filter(pid -> !known.containsKey(pid))
        .flatMap(pid -> ProcessIdentity.of(pid).stream())
        .forEach(member -> known.put(member.pid(), member));
  }

  /** A session id is not given away while a member lives, unless its old leader is replaced. */
  private static Stream<Long> session(ProcessIdentity leader) {
    Optional<ProcessIdentity> holder = ProcessIdentity.of(leader.pid());
    boolean replaced = holder.isPresent() && !holder.get().equals(leader);
    boolean otherBoot = !leader.boot().equals(ProcessIdentity.currentBoot());
    if (replaced || otherBoot) {
      return Stream.empty();
    }
    return ProcStat.ofSession(leader.pid()).stream()
        .filter(stat -> stat.startTicks() >= leader.start())
        .map(ProcStat::pid);
  }

  static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
