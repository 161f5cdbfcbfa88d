package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.budget.Cap;
import dev.kodo.kernel.budget.Caps;
import dev.kodo.kernel.budget.Usd;
import dev.kodo.kernel.home.Json;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of a cap that was set, in words and as JSON.
 *
 * @param before what the file said before
 * @param now what holds; null when the guard of a running Kodo did not say
 */
record SetCapText(
    SetCap set, Usd before, boolean running, @Nullable CapsNow now, List<String> agents) {
  private static final int MOST_NAMED = 4;

  String text() {
    String done =
        (set.agent() == null ? "all agents" : "agent " + set.agent())
            + ": "
            + per(set.amount(), set.cap())
            + ", before "
            + Money.text(before.toString())
            + ".";
    return now == null
        ? done
            + "\nThe guard of the running Kodo did not answer, so nobody knows whether that holds"
            + " yet. See it with `kodo budget`."
        : done + "\n" + now(now);
  }

  private String now(CapsNow now) {
    StringBuilder text = new StringBuilder();
    if (!set.inForce(now)) {
      text.append("Not in force: ")
          .append(per(set.held(now.caps()), set.cap()))
          .append(" still holds.\n");
    }
    if (!now.trouble().isEmpty()) {
      text.append((now.trouble() + " " + now.next()).strip()).append('\n');
    }
    List<SetCap.Lower> lower = set.lower(now.caps(), agents);
    if (!lower.isEmpty()) {
      text.append("Lower caps bind before it: ")
          .append(named(lower))
          .append(". To raise one, use for example `")
          .append(set.command(lower.getFirst()))
          .append("`.\n");
    }
    return text.append(running ? "In force now: " : "In force from the next `kodo up` on: ")
        .append(all(now.caps()))
        .toString();
  }

  private static String named(List<SetCap.Lower> lower) {
    String some =
        lower.stream().limit(MOST_NAMED).map(SetCap.Lower::text).collect(Collectors.joining(", "));
    return lower.size() > MOST_NAMED
        ? some + ", and " + (lower.size() - MOST_NAMED) + " more"
        : some;
  }

  private String all(Caps caps) {
    String general =
        List.of(Cap.PER_CALL, Cap.PER_HEARTBEAT, Cap.PER_HOUR, Cap.PER_DAY).stream()
            .map(cap -> per(caps.of(cap), cap))
            .collect(Collectors.joining(", "));
    String each = "; each agent " + per(caps.perAgent(), Cap.PER_DAY);
    return general
        + each
        + (set.agent() == null
            ? "."
            : ", agent " + set.agent() + " " + Money.text(set.held(caps).toString()) + ".");
  }

  /** An amount for a unit; the day of an agent is a day as well. */
  private static String per(Usd amount, Cap cap) {
    return Money.text(amount.toString()) + " per " + cap.unit();
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("cap", set.cap().key());
    json.put("agent", set.agent()).put("amount", set.amount().toString());
    json.put("before", before.toString()).put("running", running);
    if (now == null) {
      json.putNull("inForce");
      json.putNull("caps");
      return json.put("next", "kodo budget");
    }
    json.put("inForce", running && set.inForce(now));
    ObjectNode caps = json.putObject("caps");
    for (Cap cap : Cap.values()) {
      caps.put(cap.key(), now.caps().of(cap).toString());
    }
    ObjectNode days = json.putObject("agents");
    agents.forEach(name -> days.put(name, now.caps().ofAgent(name).toString()));
    ArrayNode lower = json.putArray("lower");
    for (SetCap.Lower each : set.lower(now.caps(), agents)) {
      ObjectNode entry = lower.addObject().put("cap", each.cap().key());
      if (each.agent() != null) {
        entry.put("agent", each.agent());
      }
      entry.put("amount", each.amount().toString()).put("next", set.command(each));
    }
    return json.put("trouble", now.trouble()).put("next", now.next());
  }
}
