package dev.kodo.survival;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.guard.GuardAway;
import dev.kodo.guard.GuardClient;

/** Asks the kernel's guard, {@code GET /budget}. */
final class GuardSpendMeter implements SpendMeter {
  private final GuardClient guard;
  private final ObjectMapper json;

  GuardSpendMeter(GuardClient guard, ObjectMapper json) {
    this.guard = guard;
    this.json = json;
  }

  @Override
  public Measurement measure(String agentId) {
    try {
      GuardClient.Answer answer = guard.get("/budget");
      return answer.isOk()
          ? new Measurement.Measured(BudgetReport.read(json.readTree(answer.body()), agentId))
          : new Measurement.Unknown(answer.told());
    } catch (BudgetReport.Unreadable | JsonProcessingException unreadable) {
      return new Measurement.Unknown(
          "The guard's report on the budget cannot be read: " + unreadable.getMessage());
    } catch (GuardAway away) {
      return new Measurement.Unknown(String.valueOf(away.getMessage()));
    }
  }
}
