package dev.kodo.kernel.cli;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agents of the configuration, as commands name them. */
final class Agents {
  private Agents() {}

  /** The named agent, or the first one when none is named. */
  static String choose(Session session, @Nullable String wish) {
    List<String> known = Config.load(session.home()).agents();
    return wish == null ? known.getFirst() : require(wish, known);
  }

  static void require(Session session, String agent) {
    require(agent, Config.load(session.home()).agents());
  }

  private static String require(String agent, List<String> known) {
    if (!known.contains(agent)) {
      throw new Problem(
          ProblemCode.AGENT_UNKNOWN,
          "Expected one of the agents " + String.join(", ", known) + ", but got " + agent + ".");
    }
    return agent;
  }
}
