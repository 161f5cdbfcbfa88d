package dev.kodo.worker;

/** Is told when a job was answered, whatever came of it. Must return soon and not throw. */
@FunctionalInterface
public interface AfterJob {
  void jobEnded();
}
