package dev.kodo.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.process.ErrorCode;
import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.process.test.engine.EngineFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deliveries of one job of a real engine, against a real ledger. */
@Tag("slow")
class JobExecutionTest {
  private static final String TYPE = "test-work";
  private static final Duration TIME = Duration.ofSeconds(10);

  private final ZeebeTestEngine engine = EngineFactory.create();
  private final TestDatabase database = TestDatabase.fresh();
  private final AtomicInteger worked = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private CamundaClient client;
  private EffectLedger ledger;
  private JobLease lease;
  private long instance;

  record In(String agentId) {}

  record Out(int number) {}

  @BeforeEach
  void startAnInstance() {
    engine.start();
    client =
        CamundaClient.newClientBuilder()
            .grpcAddress(URI.create("http://" + engine.getGatewayAddress()))
            .preferRestOverGrpc(false)
            .defaultRequestTimeout(Duration.ofMinutes(1))
            .build();
    BpmnModelInstance model =
        Bpmn.createExecutableProcess("test")
            .startEvent()
            .serviceTask("Task_Test", task -> task.zeebeJobType(TYPE).zeebeJobRetries("2"))
            .boundaryEvent("caught", event -> event.error(ErrorCode.MODEL_UNAVAILABLE.name()))
            .endEvent()
            .moveToActivity("Task_Test")
            .endEvent()
            .done();
    client.newDeployResourceCommand().addProcessModel(model, "test.bpmn").send().join();
    instance =
        client
            .newCreateInstanceCommand()
            .bpmnProcessId("test")
            .latestVersion()
            .variables(Map.of("agentId", "main"))
            .send()
            .join()
            .getProcessInstanceKey();
    ledger = new EffectLedger(database.jdbc(), Clock.systemUTC());
    lease = new JobLease(ledger);
  }

  @AfterEach
  void stop() {
    lease.destroy();
    client.close();
    engine.stop();
  }

  @Test
  void worksOnceThoughTheJobIsDeliveredTwice() {
    ActivatedJob job = activate();
    body().execute(client, job, step(run -> run.commit(this::count)));
    body().execute(client, job, step(run -> run.commit(this::count)));

    assertThat(worked).hasValue(1);
    assertThat(ended).hasValue(2);
    assertThat(isRunning()).isFalse();
  }

  @Test
  void leavesAJobToTheDeliveryThatIsWorkingOnIt() {
    ActivatedJob job = activate();
    ledger.begin(
        new EffectKey("test-engine", job.getElementInstanceKey(), EffectKey.JOB),
        new EffectOrigin("main", job.getProcessInstanceKey(), TYPE),
        java.util.UUID.randomUUID(),
        TIME);

    body().execute(client, job, step(run -> run.commit(this::count)));

    assertThat(worked).hasValue(0);
    assertThat(isRunning()).isTrue();
  }

  @Test
  void throwsTheBpmnErrorWhenTheRetriesAreUsedUp() {
    JobStep<In, Out> failing =
        step(
            run -> {
              throw new CallRefused(ErrorCode.MODEL_UNAVAILABLE, "no answer", null);
            });
    body().execute(client, activate(), failing);
    assertThat(isRunning()).as("one retry is left").isTrue();

    engine.increaseTime(Duration.ofMinutes(1));
    body().execute(client, activate(), failing);

    await("the error is caught").atMost(TIME).until(() -> !isRunning());
  }

  @Test
  void leavesNoEffectWhenTheEngineNoLongerWantsTheJob() {
    JobStep<In, Out> cancelledMeanwhile =
        step(
            run -> {
              client.newCancelInstanceCommand(instance).send().join();
              return run.commit(this::count);
            });

    body().execute(client, activate(), cancelledMeanwhile);

    assertThat(worked).hasValue(0);
    assertThat(effects()).isZero();
  }

  @Test
  void tellsAnIncidentWhatDidNotFitInTheVariables() {
    record Other(int agentId) {}
    JobStep<Other, Out> misfit =
        new JobStep<>(
            TYPE,
            "Work never",
            "Never works.",
            Other.class,
            Out.class,
            Set.of(),
            (input, run) -> new Out(0));

    body().execute(client, activate(), misfit);
    engine.increaseTime(Duration.ofMinutes(1));
    body().execute(client, activate(), misfit);

    assertThat(isRunning()).as("it waits as an incident").isTrue();
    assertThat(effects()).isZero();
  }

  @Test
  void leavesARedeliveryAloneWhileThisBodyWorksOnTheJob() {
    ActivatedJob job = activate();
    JobExecution body = body();
    body.execute(
        client,
        job,
        step(
            run -> {
              run.callOnce("ask", Out.class, this::count);
              body.execute(
                  client, job, step(again -> again.callOnce("ask", Out.class, this::count)));
              return run.commit(this::count);
            }));

    assertThat(worked).as("one call and one commit").hasValue(2);
    assertThat(isRunning()).isFalse();
  }

  @Test
  void makesAnIncidentOfAnAgentIdThatIsNone() {
    client.newSetVariablesCommand(instance).variables(Map.of("agentId", "../../x")).send().join();
    JobStep<In, Out> working = step(run -> run.commit(this::count));

    body().execute(client, activate(), working);
    engine.increaseTime(Duration.ofMinutes(1));
    body().execute(client, activate(), working);

    assertThat(worked).hasValue(0);
    assertThat(effects()).isZero();
    assertThat(isRunning()).isTrue();
  }

  @Test
  void tellsTheWorkWhichClassOfModelsToAsk() {
    client.newSetVariablesCommand(instance).variables(Map.of("modelClass", "cheap")).send().join();
    List<String> asked = new ArrayList<>();

    body()
        .execute(
            client,
            activate(),
            step(
                run -> {
                  asked.add(run.identity().modelClass());
                  return run.commit(this::count);
                }));

    assertThat(asked).containsExactly("cheap");
  }

  @Test
  void makesAnIncidentOfAClassOfModelsThatIsNone() {
    client
        .newSetVariablesCommand(instance)
        .variables(Map.of("modelClass", "best; drop table"))
        .send()
        .join();

    body().execute(client, activate(), step(run -> run.commit(this::count)));

    assertThat(worked).hasValue(0);
    assertThat(isRunning()).isTrue();
  }

  private Out count() {
    return new Out(worked.incrementAndGet());
  }

  private JobStep<In, Out> step(java.util.function.Function<JobRun, Out> work) {
    return new JobStep<>(
        TYPE, "Count", "Counts.", In.class, Out.class, Set.of(), (input, run) -> work.apply(run));
  }

  /** Each body is another life of it, as after a restart. */
  private JobExecution body() {
    return new JobExecution(
        ledger,
        new ObjectMapper(),
        database.transactions(),
        Clock.systemUTC(),
        TestProperties.in(Path.of("unused"), Map.of("kodo.worker.job-timeout", TIME.toString())),
        lease,
        List.of(() -> ended.incrementAndGet()));
  }

  private ActivatedJob activate() {
    return await("the job")
        .atMost(TIME)
        .until(
            () ->
                client
                    .newActivateJobsCommand()
                    .jobType(TYPE)
                    .maxJobsToActivate(1)
                    .timeout(Duration.ofMinutes(5))
                    .send()
                    .join()
                    .getJobs(),
            (List<ActivatedJob> jobs) -> !jobs.isEmpty())
        .getFirst();
  }

  private boolean isRunning() {
    try {
      client.newSetVariablesCommand(instance).variables(Map.of()).local(true).send().join();
      return true;
    } catch (io.camunda.client.api.command.ClientStatusException ended) {
      return false;
    }
  }

  private int effects() {
    return database.jdbc().sql("select count(*) from effect").query(Integer.class).single();
  }
}
