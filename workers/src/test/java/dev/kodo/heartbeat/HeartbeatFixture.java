package dev.kodo.heartbeat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.agent.Agents;
import dev.kodo.audit.AuditTrail;
import dev.kodo.model.Models;
import dev.kodo.model.RehearsingModels;
import dev.kodo.process.FakeProcessEngine;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import dev.kodo.theme.ThemeLives;
import dev.kodo.theme.Themes;
import dev.kodo.worker.JobRuns;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.nio.file.Path;
import java.util.Map;

/** The parts of the heartbeat feature on a real database and a real workspace. */
final class HeartbeatFixture {
  final TestDatabase database = TestDatabase.fresh();
  final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  final FakeProcessEngine engine = new FakeProcessEngine();
  final JobRuns runs = new JobRuns(database, clock, new ObjectMapper());
  final BeatStore beats = new BeatStore(database.jdbc(), clock);
  final BeatRecord record = new BeatRecord(database.jdbc());
  final Agents agents = new Agents(database.jdbc(), clock);
  final Room room = new Room(database.jdbc(), agents, clock);
  final Workspaces workspaces;
  final Themes themes;
  final Opening opening;
  final Models models = RehearsingModels.on(database, clock);

  HeartbeatFixture(Path folder) {
    var properties = TestProperties.in(folder, Map.of());
    workspaces = new Workspaces(properties, clock, AuditTrail.NONE);
    themes = new Themes(database.jdbc(), workspaces, clock);
    opening =
        new Opening(
            beats,
            record,
            room,
            agents,
            themes,
            ThemeLives.personFirst(properties, workspaces, clock),
            engine,
            properties,
            clock);
    workspace().prepare();
  }

  Workspace workspace() {
    return workspaces.of("main");
  }

  Opening.Opened open() {
    return opening.open(
        new Opening.OpenBeat("main", "timer", "normal", null), runs.first("heartbeat-open"));
  }
}
