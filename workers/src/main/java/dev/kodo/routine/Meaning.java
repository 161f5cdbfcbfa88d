package dev.kodo.routine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a text of {@code routines.yml} means, wherever in it things stand. A change is written only
 * when the text after it means exactly what was asked.
 *
 * @param routines all that counts of each routine, by its name
 * @param problems what is wrong with the other entries
 */
record Meaning(Map<String, List<Object>> routines, List<String> problems) {

  static Meaning of(String text) {
    RoutineFile file = RoutineFile.parse(text);
    Map<String, List<Object>> routines = new TreeMap<>();
    file.routines().forEach(each -> routines.put(each.name(), content(each, each.enabled())));
    List<String> problems = new ArrayList<>();
    file.problems().forEach(each -> problems.add(each.routine() + ": " + each.sentence()));
    return new Meaning(routines, problems);
  }

  /** The same with this routine besides. */
  Meaning with(Routine routine) {
    Map<String, List<Object>> more = new TreeMap<>(routines);
    more.put(routine.name(), content(routine, routine.enabled()));
    return new Meaning(more, problems);
  }

  /** The same with this routine switched on or off. */
  Meaning switched(Routine routine, boolean enabled) {
    Map<String, List<Object>> changed = new TreeMap<>(routines);
    changed.put(routine.name(), content(routine, enabled));
    return new Meaning(changed, problems);
  }

  /** The same without the entry of this name, whether it can be used or not. */
  Meaning without(String name) {
    Map<String, List<Object>> left = new TreeMap<>(routines);
    left.remove(name);
    return new Meaning(
        left, problems.stream().filter(each -> !each.startsWith(name + ": ")).toList());
  }

  private static List<Object> content(Routine routine, boolean enabled) {
    return List.of(
        routine.when().text(),
        routine.work(),
        routine.limits(),
        enabled,
        routine.missed(),
        String.valueOf(routine.description()));
  }
}
