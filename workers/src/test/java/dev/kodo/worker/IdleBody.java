package dev.kodo.worker;

import java.time.Duration;
import org.springframework.context.ApplicationContext;

/** Lets tests outside this package wait until a body works on no job. */
public final class IdleBody {
  private IdleBody() {}

  /** False when it still works after {@code patience}. */
  public static boolean await(ApplicationContext body, Duration patience) {
    return body.getBean(JobExecution.class).awaitIdle(patience);
  }
}
