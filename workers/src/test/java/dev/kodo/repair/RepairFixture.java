package dev.kodo.repair;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.agent.Agents;
import dev.kodo.audit.AuditEntry;
import dev.kodo.audit.AuditTrail;
import dev.kodo.config.KodoProperties;
import dev.kodo.decision.AskedDecisions;
import dev.kodo.decision.Decisions;
import dev.kodo.process.EngineContact;
import dev.kodo.process.FakeProcessEngine;
import dev.kodo.process.SightsOfRecords;
import dev.kodo.process.StuckSteps;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobRuns;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import dev.kodo.worker.Nothing;
import dev.kodo.workspace.Workspaces;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Self-repair on a real database with the engine's records in it; the engine itself is a fake. */
final class RepairFixture {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  final TestDatabase database;
  final SettableClock clock;
  final FakeProcessEngine engine;
  final JobRuns runs;
  final List<AuditEntry> entries = new ArrayList<>();
  final RepairStore store;
  final Repairs repairs;
  private final EngineContact contact;
  private final Path folder;
  private final SelfRepairWorker looking;
  private final RepairWorker repairing;
  private final OldRepairs remains;
  private long questionKey;

  RepairFixture(Path folder) {
    this(folder, TestDatabase.fresh().withEngineRecords());
    contact.jobEnded();
    export();
  }

  private RepairFixture(Path folder, TestDatabase database) {
    this(folder, database, new SettableClock("2026-03-01T09:00:00Z"));
  }

  private RepairFixture(Path folder, TestDatabase database, SettableClock clock) {
    this(
        folder,
        database,
        clock,
        new FakeProcessEngine(),
        new JobRuns(database, clock, new ObjectMapper()),
        true);
  }

  private RepairFixture(
      Path folder,
      TestDatabase database,
      SettableClock clock,
      FakeProcessEngine engine,
      JobRuns runs,
      boolean seeing) {
    this.folder = folder;
    this.database = database;
    this.clock = clock;
    this.engine = engine;
    this.runs = runs;
    contact = new EngineContact(clock);
    KodoProperties properties = TestProperties.in(folder, Map.of());
    Agents agents = new Agents(database.jdbc(), clock);
    Decisions decisions = AskedDecisions.in(database, engine, clock);
    StuckSteps steps =
        seeing
            ? SightsOfRecords.exported(database.jdbc(), contact, clock)
            : SightsOfRecords.unseen();
    store = new RepairStore(database.jdbc(), properties, clock);
    remains = new OldRepairs(store, properties, clock);
    repairs = new Repairs(steps, store);
    looking =
        new SelfRepairWorker(
            repairs, store, new Questions(engine, decisions, store), agents, properties, clock);
    repairing =
        new RepairWorker(
            store,
            new Endings(steps, engine, agents),
            engine,
            decisions,
            new Workspaces(folder, clock, AuditTrail.NONE),
            entries::add,
            properties);
  }

  /** Another body on the same database and engine. */
  RepairFixture restarted() {
    return new RepairFixture(folder, database, clock, engine, runs, true);
  }

  /** The same installation, when nobody collects the engine's records any more. */
  RepairFixture blinded() {
    return new RepairFixture(folder, database, clock, engine, runs, false);
  }

  /** The engine works, its exporter writes, and the body is handed a job every minute. */
  void live(Duration duration) {
    for (Duration left = duration; left.isPositive(); left = left.minusMinutes(1)) {
      clock.advance(left.compareTo(A_MINUTE) < 0 ? left : A_MINUTE);
      contact.jobEnded();
      export();
    }
  }

  /** The engine works while nobody writes down what it does. */
  void liveUnseen(Duration duration) {
    for (Duration left = duration; left.isPositive(); left = left.minusMinutes(1)) {
      clock.advance(left.compareTo(A_MINUTE) < 0 ? left : A_MINUTE);
      contact.jobEnded();
    }
  }

  /** The exporter has written all that there is. */
  void export() {
    exportUpTo(clock.instant());
  }

  /** The exporter has written what the engine did until then. */
  void exportUpTo(Instant moment) {
    database
        .jdbc()
        .sql(
            """
            insert into engine.export_position values ('test-engine', 1, 1, :now)
            on conflict (engine_id, partition_id) do update set exported_at = excluded.exported_at
            """)
        .param("now", moment.atOffset(ZoneOffset.UTC))
        .update();
  }

  SelfRepairWorker.Look look() {
    return look("main");
  }

  SelfRepairWorker.Look look(String agentId) {
    return run(
        looking, "repair-look", new SelfRepairWorker.OfAgent(agentId), SelfRepairWorker.Look.class);
  }

  void retry(String repairId) {
    run(repairing, "repair-retry", of(repairId), Nothing.class);
  }

  void restoreWorkspace() {
    run(repairing, "repair-restore-workspace", of("R-1"), Nothing.class);
  }

  RepairWorker.Asked ask(String repairId) {
    JobRun run = runs.first("repair-ask");
    questionKey = run.identity().processInstanceKey();
    engine.run(questionKey);
    return run(repairing, run, of(repairId), RepairWorker.Asked.class);
  }

  int prune(String agentId, int most) {
    return remains.prune(agentId, most);
  }

  /** The process instance in which the latest question waits is cancelled. */
  void endQuestion() {
    engine.end(questionKey);
  }

  void cancel(String repairId) {
    run(repairing, "repair-cancel", of(repairId), Nothing.class);
  }

  String answer(String repairId, String decisionId, boolean approved, String via) {
    RepairWorker.Answer answer =
        new RepairWorker.Answer("main", repairId, decisionId, approved, via, "owner", null);
    return run(repairing, "repair-answer", answer, RepairWorker.Recorded.class).verdict();
  }

  private static RepairWorker.OfRepair of(String repairId) {
    return new RepairWorker.OfRepair("main", repairId);
  }

  private <I, O> O run(JobSteps worker, String type, I input, Class<O> output) {
    return run(worker, runs.first(type), input, output);
  }

  private static <I, O> O run(JobSteps worker, JobRun run, I input, Class<O> output) {
    @SuppressWarnings("unchecked") // The test names the job type whose records it uses.
    JobStep<I, O> step =
        (JobStep<I, O>)
            worker.steps().stream()
                .filter(candidate -> candidate.type().equals(run.identity().jobType()))
                .findFirst()
                .orElseThrow();
    return output.cast(step.work().run(input, run));
  }

  void instance(long key, String process, @Nullable Long parent, @Nullable String agent) {
    database
        .jdbc()
        .sql(
            """
            insert into engine.process_instance (engine_id, instance_key, process_id, version, definition_key,
              parent_key, agent_id, state, started_at)
            values ('test-engine', :key, :process, 1, 7, :parent, :agent, 'active', now())
            """)
        .param("key", key)
        .param("process", process)
        .param("parent", parent)
        .param("agent", agent)
        .update();
  }

  void incident(long key, long element, long instance, String process, String message) {
    engine.run(element);
    database
        .jdbc()
        .sql(
            """
            insert into engine.incident (engine_id, incident_key, instance_key, element_key, process_id, element_id,
              incident_type, message, job_key, job_type, created_at)
            values ('test-engine', :key, :instance, :element, :process, 'Task_Tell', 'JOB_NO_RETRIES', :message,
              :job, 'tell', :now)
            """)
        .param("key", key)
        .param("instance", instance)
        .param("element", element)
        .param("process", process)
        .param("message", message)
        .param("job", key + 1)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  void resolve(long key) {
    database
        .jdbc()
        .sql("update engine.incident set resolved_at = now() where incident_key = :key")
        .param("key", key)
        .update();
  }

  void take(long jobKey) {
    database
        .jdbc()
        .sql("update engine.job set state = 'activated', changed_at = :now where job_key = :key")
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("key", jobKey)
        .update();
  }

  void job(long key, long element, long instance, String state, int retries) {
    engine.run(element);
    database
        .jdbc()
        .sql(
            """
            insert into engine.job (engine_id, job_key, instance_key, element_key, process_id, element_id, job_type,
              state, retries, created_at, changed_at)
            values ('test-engine', :key, :instance, :element, 'story', 'Task_Tell', 'tell', :state, :retries,
              :now, :now)
            """)
        .param("key", key)
        .param("instance", instance)
        .param("element", element)
        .param("state", state)
        .param("retries", retries)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }
}
