package dev.kodo.process;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.search.enums.IncidentState;
import io.camunda.client.api.search.response.Incident;
import io.camunda.client.api.search.response.ProcessInstance;
import io.camunda.client.api.search.response.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks a cluster's own search, which Camunda has from 8.8 on. It knows incidents only. */
final class SearchedSteps implements StuckSteps {
  /** Of an agent that has less, no more incidents than so many pages hold are looked at. */
  private static final int MOST_PAGES = 20;

  private static final int DEEPEST = 30;

  private final CamundaClient client;

  SearchedSteps(CamundaClient client) {
    this.client = client;
  }

  @Override
  public Sight look() {
    return sight(() -> page(0).stream().map(this::step).toList());
  }

  @Override
  public Sight lookAt(String agentId) {
    return sight(() -> of(agentId));
  }

  /** The search knows the agent of an instance only by its variable. */
  private List<StuckStep> of(String agentId) {
    List<StuckStep> found = new ArrayList<>();
    for (int number = 0; number < MOST_PAGES; number++) {
      List<Incident> page = page(number);
      page.stream()
          .map(this::step)
          .filter(step -> agentId.equals(step.agentId()))
          .limit(MOST - found.size())
          .forEach(found::add);
      if (page.size() < MOST || found.size() == MOST) {
        break;
      }
    }
    return found;
  }

  private List<Incident> page(int number) {
    return client
        .newIncidentSearchRequest()
        .filter(filter -> filter.state(IncidentState.ACTIVE))
        .sort(sort -> sort.creationTime().asc())
        .page(page -> page.from(number * MOST).limit(MOST))
        .send()
        .join()
        .items();
  }

  @Override
  public Sight lookAgainAt(Set<StuckStep.Known> steps) {
    return sight(() -> steps.stream().flatMap(this::again).toList());
  }

  private Stream<StuckStep> again(StuckStep.Known known) {
    return client
        .newIncidentSearchRequest()
        .filter(filter -> filter.state(IncidentState.ACTIVE).elementInstanceKey(known.elementKey()))
        .send()
        .join()
        .items()
        .stream()
        .map(this::step);
  }

  private static Sight sight(Supplier<List<StuckStep>> search) {
    try {
      return new Seen(search.get());
    } catch (ClientException refused) {
      return new Blind(
          "The engine's own search does not answer; it needs Camunda 8.8 with its storage: "
              + refused.getMessage());
    }
  }

  private StuckStep step(Incident incident) {
    Long jobKey = incident.getJobKey();
    return new StuckStep(
        incident.getIncidentKey(),
        incident.getElementInstanceKey(),
        incident.getProcessInstanceKey(),
        incident.getProcessDefinitionId(),
        incident.getElementId(),
        incident.getErrorType().name(),
        incident.getErrorMessage() == null ? "" : incident.getErrorMessage(),
        jobKey == null || jobKey <= 0 ? null : jobKey,
        null,
        agent(incident.getProcessInstanceKey()),
        incident.getCreationTime().toInstant());
  }

  private @Nullable String agent(long instanceKey) {
    List<Variable> found =
        client
            .newVariableSearchRequest()
            .filter(
                filter ->
                    filter.name("agentId").processInstanceKey(instanceKey).scopeKey(instanceKey))
            .send()
            .join()
            .items();
    return found.isEmpty() ? null : found.getFirst().getValue().replace("\"", "");
  }

  @Override
  public boolean isQuick() {
    return false;
  }

  @Override
  public Optional<Root> rootOf(long instanceKey) {
    try {
      long key = instanceKey;
      for (int depth = 0; depth < DEEPEST; depth++) {
        ProcessInstance instance = client.newProcessInstanceGetRequest(key).send().join();
        Long parent = instance.getParentProcessInstanceKey();
        if (parent == null || parent <= 0) {
          return Optional.of(new Root(key, instance.getProcessDefinitionId()));
        }
        key = parent;
      }
      return Optional.empty();
    } catch (ClientException refused) {
      throw new EngineUnavailable(refused);
    }
  }
}
