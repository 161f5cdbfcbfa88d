package dev.kodo.exporter;

import dev.kodo.exporter.Change.AgentKnown;
import dev.kodo.exporter.Change.DefinitionDeployed;
import dev.kodo.exporter.Change.ElementEntered;
import dev.kodo.exporter.Change.ElementLeft;
import dev.kodo.exporter.Change.IncidentRaised;
import dev.kodo.exporter.Change.IncidentResolved;
import dev.kodo.exporter.Change.InstanceEnded;
import dev.kodo.exporter.Change.InstanceStarted;
import dev.kodo.exporter.Change.JobGone;
import dev.kodo.exporter.Change.JobStands;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is left of a run of records: most elements and jobs come and go within one batch, and of
 * those the database hears nothing but a count.
 */
final class NetEffect {
  final List<DefinitionDeployed> definitions = new ArrayList<>();

  /** By key: PostgreSQL refuses a statement that writes one row twice. */
  final Map<Long, InstanceStarted> started = new LinkedHashMap<>();

  final List<InstanceEnded> ended = new ArrayList<>();
  final List<AgentKnown> agents = new ArrayList<>();
  final Map<Long, ElementEntered> entered = new LinkedHashMap<>();
  final Set<Long> left = new LinkedHashSet<>();
  final Map<Counted, Long> counts = new LinkedHashMap<>();
  final Map<Long, JobStands> jobs = new LinkedHashMap<>();
  final Set<Long> jobsGone = new LinkedHashSet<>();
  final Map<Long, IncidentRaised> raised = new LinkedHashMap<>();
  final List<IncidentResolved> resolved = new ArrayList<>();

  /** An element of an instance. */
  record Counted(long instanceKey, String elementId) {}

  private NetEffect() {}

  static NetEffect of(List<Exported> records) {
    NetEffect effect = new NetEffect();
    records.forEach(record -> record.changes().forEach(effect::add));
    return effect;
  }

  private void add(Change change) {
    switch (change) {
      case DefinitionDeployed deployed -> definitions.add(deployed);
      case InstanceStarted instance -> started.put(instance.key(), instance);
      case InstanceEnded instance -> ended.add(instance);
      case AgentKnown agent -> agents.add(agent);
      case ElementEntered element -> entered.put(element.key(), element);
      case ElementLeft element -> leave(element);
      case JobStands job -> jobs.merge(job.key(), job, (former, now) -> now.after(former));
      case JobGone job -> remove(job);
      case IncidentRaised incident -> raised.put(incident.key(), incident);
      case IncidentResolved incident -> resolved.add(incident);
    }
  }

  private void leave(ElementLeft element) {
    entered.remove(element.key());
    left.add(element.key());
    if (element.completed()) {
      counts.merge(new Counted(element.instanceKey(), element.elementId()), 1L, Long::sum);
    }
  }

  private void remove(JobGone job) {
    jobs.remove(job.key());
    jobsGone.add(job.key());
  }
}
