package dev.kodo.kernel.run;

import dev.kodo.kernel.home.KodoHome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/** Where in the program something unexpected happened, for {@code kodo logs kernel}. */
record KernelTrace(KodoHome home, Clock clock) {

  /** Appends to the log, in which the output of a kernel in the background lies as well. */
  void write(Throwable unexpected) {
    StringWriter text = new StringWriter();
    text.append(clock.instant().toString()).append(" unexpected: ");
    unexpected.printStackTrace(new PrintWriter(text, true));
    Path log = home.log("kernel");
    try {
      Files.writeString(log, text.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      System.err.println("Kodo: could not write " + log + ": " + e.getMessage() + "\n" + text);
    }
  }
}
