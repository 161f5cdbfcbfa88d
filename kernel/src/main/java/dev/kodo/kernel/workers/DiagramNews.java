package dev.kodo.kernel.workers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code kodo deploy} would change in the engine, in a line or two. */
public final class DiagramNews {
  private static final int SHOWN = 8;

  private DiagramNews() {}

  /**
   * Empty when the engine has what is here.
   *
   * @param deployment as the status of the workers tells it
   */
  public static Optional<String> of(JsonNode deployment) {
    List<String> changed = names(deployment.path("changedLocally"));
    if (changed.isEmpty()) {
      return Optional.empty();
    }
    List<String> others = names(deployment.path("deployedByOthers"));
    String news =
        "The engine has other versions than those here of: "
            + listed(changed)
            + ". `kodo deploy` brings these in.";
    return Optional.of(
        others.isEmpty()
            ? news
            : news
                + " It would replace what a person deployed: "
                + listed(others)
                + ". To keep that, save it here first.");
  }

  private static List<String> names(JsonNode array) {
    List<String> names = new ArrayList<>();
    array.forEach(name -> names.add(name.asText()));
    return names;
  }

  private static String listed(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
  }
}
