package dev.kodo.kernel.part;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;

/** A program with a supervisor and one part, to be killed by a test. */
public final class FakeKernel {
  static final String SCRIPT = "exec sleep 300";

  private FakeKernel() {}

  /** Takes the folder for records and logs. */
  public static void main(String[] args) throws InterruptedException {
    Path folder = Path.of(args[0]);
    Supervisor supervisor =
        new Supervisor(
            new PartRecords(folder),
            name -> folder.resolve(name + ".log"),
            Clock.systemUTC(),
            () -> {});
    PartStatus status =
        supervisor.start(new FakePart("sleeper", folder, SCRIPT, new ArrayList<>()));
    System.out.println("pid " + status.pid());
    new CountDownLatch(1).await();
  }
}
