package dev.kodo.process.scenario;

import dev.kodo.testing.SettableClock;
import io.camunda.client.api.worker.JobHandler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * A small agent without model, files or database: it has themes, ids and moods, and keeps its state
 * in memory. Enough to live through a week on the real diagrams.
 */
final class FakeBody implements Body {
  /** Answers one job: agent and variables in, variables out. */
  private interface Answer
      extends BiFunction<FakeAgent, Map<String, Object>, Map<String, Object>> {}

  private final Map<String, JobHandler> handlers = new TreeMap<>();
  private final Map<String, FakeAgent> agents = new HashMap<>();
  private final SettableClock clock;
  private final Random random;

  FakeBody(SettableClock clock, Random random) {
    this.clock = clock;
    this.random = random;
    answer("agent-prepare", (agent, job) -> agent.prepare());
    answer("heartbeat-open", (agent, job) -> agent.open());
    answer("heartbeat-choose", (agent, job) -> agent.choose(job));
    answer("heartbeat-log", (agent, job) -> agent.log(job));
    answer("heartbeat-verify", (agent, job) -> agent.verify(job));
    answer("heartbeat-close", (agent, job) -> agent.close(job));
    answer("theme-pick", (agent, job) -> agent.pickTheme());
    answer("theme-choose-own", (agent, job) -> Map.of("themeFile", "own.md"));
    answer("theme-record-start", (agent, job) -> agent.startTheme());
    answer("theme-record-end", (agent, job) -> agent.endTheme(job));
    UsualAnswers.BY_TYPE.forEach(
        (type, usual) -> {
          if (!handlers.containsKey(type)) {
            answer(type, (agent, job) -> usual);
          }
        });
  }

  @Override
  public Map<String, JobHandler> handlers() {
    return handlers;
  }

  @Override
  public void timePasses(Duration duration) {
    clock.advance(duration);
  }

  FakeAgent agent(String agentId) {
    return agents.computeIfAbsent(agentId, id -> new FakeAgent(clock, random));
  }

  private void answer(String type, Answer answer) {
    handlers.put(
        type,
        (client, job) -> {
          Map<String, Object> variables = job.getVariablesAsMap();
          FakeAgent agent = agent(String.valueOf(variables.get("agentId")));
          client.newCompleteCommand(job).variables(answer.apply(agent, variables)).send().join();
        });
  }
}
