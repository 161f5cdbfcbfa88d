package dev.kodo.kernel.budget;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code budget.yml} again and again, and lifts no cap because its line is gone: the file may
 * be half written, and what is left of it may be valid. Until all keys are there again, each cap is
 * the lower one of before and now. Not for several threads; {@link LiveFile} asks one at a time.
 */
public final class SteadyCaps implements Function<String, Caps> {
  private final Path file;
  private final CapsReader reader;
  private final Consumer<Problem> warned;
  private @Nullable Whole last;
  private volatile @Nullable Problem warning;

  /** A file in which nothing was missing. */
  private record Whole(Set<String> keys, Caps caps) {}

  /**
   * Caps of one file.
   *
   * @param warned told once of each set of keys that is missing
   */
  public SteadyCaps(Path file, Config config, Consumer<Problem> warned) {
    this.file = file;
    this.reader = new CapsReader(file, config);
    this.warned = warned;
  }

  @Override
  public Caps apply(String text) {
    Whole now = new Whole(reader.keys(text), reader.parse(text));
    Whole before = last;
    Set<String> gone = new TreeSet<>(before == null ? Set.of() : before.keys());
    gone.removeAll(now.keys());
    if (before == null || gone.isEmpty()) {
      last = now;
      warning = null;
      return now.caps();
    }
    warn(gone);
    return lower(before.caps(), now.caps());
  }

  /** Which keys are missing; empty when none is. */
  public Optional<Problem> warning() {
    return Optional.ofNullable(warning);
  }

  private void warn(Set<String> gone) {
    String keys = "`" + String.join("`, `", gone) + "`";
    Problem why =
        new Problem(
            ProblemCode.CONFIG_UNREADABLE,
            "Expected "
                + keys
                + " in "
                + file
                + " as before, but that is gone: it may have been cut off. The lower caps of before"
                + " and now hold.",
            "Write it again, or give it the value `default`.");
    Problem told = warning;
    warning = why;
    if (told == null || !told.sentence().equals(why.sentence())) {
      warned.accept(why);
    }
  }

  private static Caps lower(Caps before, Caps now) {
    Map<String, Usd> agents = new HashMap<>();
    before.agents().keySet().forEach(name -> agents.put(name, lower(before, now, name)));
    now.agents().keySet().forEach(name -> agents.put(name, lower(before, now, name)));
    return new Caps(
        lower(before.perCall(), now.perCall()),
        lower(before.perHeartbeat(), now.perHeartbeat()),
        lower(before.perHour(), now.perHour()),
        lower(before.perDay(), now.perDay()),
        lower(before.perAgent(), now.perAgent()),
        // What a call of unknown price counts is the safer the higher it is.
        before.unknownPrice().exceeds(now.unknownPrice())
            ? before.unknownPrice()
            : now.unknownPrice(),
        agents,
        now.raise());
  }

  private static Usd lower(Caps before, Caps now, String agent) {
    return lower(before.ofAgent(agent), now.ofAgent(agent));
  }

  private static Usd lower(Usd one, Usd other) {
    return one.exceeds(other) ? other : one;
  }
}
