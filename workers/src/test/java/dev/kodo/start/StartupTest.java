package dev.kodo.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.agent.AgentState;
import dev.kodo.agent.Agents;
import dev.kodo.process.DeploymentResult;
import dev.kodo.process.FakeDeployment;
import dev.kodo.process.FakeProcessEngine;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;

class StartupTest {
  private static final DeploymentResult HALF_DRAWN =
      new DeploymentResult("new.bpmn", DeploymentResult.Kind.REFUSED, 0, List.of("no start event"));

  private final FakeProcessEngine engine = new FakeProcessEngine();
  private final Agents agents =
      new Agents(TestDatabase.fresh().jdbc(), new SettableClock("2026-01-31T09:30:00Z"));

  @Test
  void goesOnWithADeployedLifeWhenANewFileIsRefused() {
    Startup startup = startup(new FakeDeployment(true, HALF_DRAWN));

    startup.run(new DefaultApplicationArguments());

    assertThat(startup.isReady()).isTrue();
    assertThat(engine.published()).containsExactly("start-agent main");
  }

  @Test
  void staysDownWhenTheFirstDiagramsAreRefused() {
    Startup startup = startup(new FakeDeployment(false, HALF_DRAWN));

    assertThatThrownBy(() -> startup.run(new DefaultApplicationArguments()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("were refused");
    assertThat(startup.isReady()).isFalse();
    assertThat(engine.published()).isEmpty();
  }

  @Test
  void leavesAStoppedAgentAlone() {
    agents.moveTo("main", AgentState.STOPPED);

    startup(new FakeDeployment(true)).run(new DefaultApplicationArguments());

    assertThat(engine.published()).isEmpty();
  }

  private Startup startup(FakeDeployment deployment) {
    return new Startup(deployment, agents, engine, TestProperties.in(Path.of("unused"), Map.of()));
  }
}
