package dev.kodo.kernel.cli;

import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.KodoHome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** One command, run in this JVM: its exit code and what it wrote. */
record CommandRun(int exit, String out, String err) {

  static CommandRun of(Path home, String... arguments) {
    return of(home, new byte[0], arguments);
  }

  static CommandRun of(Path home, byte[] input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit = new Cli(session(home, input, out, err)).run(arguments);
    return new CommandRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Session session(
      Path home, byte[] input, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Session(
        new KodoHome(home, home.resolve("cache")),
        new Installation(Path.of("..").toAbsolutePath().normalize(), Path.of("none.jar")),
        Map.of("USER", "tester"),
        Clock.systemUTC(),
        new ByteArrayInputStream(input),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        false);
  }
}
