package dev.kodo.worker;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The jobs that this body is working on, each at most once. */
final class JobsInHand {
  private final Set<Long> keys = new HashSet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();

  /** False when the job is in hand already. */
  boolean take(long jobKey) {
    lock.lock();
    try {
      return keys.add(jobKey);
    } finally {
      lock.unlock();
    }
  }

  void putBack(long jobKey) {
    lock.lock();
    try {
      keys.remove(jobKey);
      if (keys.isEmpty()) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean awaitNone(Duration patience) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!keys.isEmpty() && left > 0) {
        left = none.awaitNanos(left);
      }
      return keys.isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
