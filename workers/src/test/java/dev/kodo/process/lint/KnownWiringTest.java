package dev.kodo.process.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.template.DeclaredSteps;
import dev.kodo.worker.JobStep;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KnownWiringTest {
  @Test
  void knowsTheJobTypesOfTheRealBodyAndTheirFields() {
    List<JobStep<?, ?>> steps = DeclaredSteps.all();

    assertThat(KnownWiring.wiring().jobTypes())
        .isEqualTo(steps.stream().map(JobStep::type).collect(Collectors.toSet()));
    assertThat(KnownWiring.wiring().fieldsToFill())
        .isEqualTo(
            steps.stream()
                .filter(JobStep::isBuildingBlock)
                .collect(Collectors.toMap(JobStep::type, JobStep::fieldsToFill)));
  }
}
