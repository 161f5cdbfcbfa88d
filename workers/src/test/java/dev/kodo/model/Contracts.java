package dev.kodo.model;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The contracts of all questions, which the features keep beside their answers. */
final class Contracts {
  private static final Map<Purpose, Contract<?>> ALL = new EnumMap<>(Purpose.class);

  static {
    Stream.of(
            "heartbeat.ActivityChoice",
            "heartbeat.AskAnswer",
            "theme.OwnThemeAnswer",
            "theme.ExpertContextAnswer",
            "theme.ThemeSummaryAnswer",
            "introspection.EvaluationAnswer",
            "routine.RoutineAnswer")
        .map(name -> constant("dev.kodo." + name))
        .forEach(contract -> ALL.put(contract.purpose(), contract));
    for (Purpose purpose : List.of(Purpose.THINK, Purpose.OBSERVE, Purpose.CREATE, Purpose.OTHER)) {
      ALL.put(purpose, work(purpose));
    }
  }

  private Contracts() {}

  static Contract<?> of(Purpose purpose) {
    Contract<?> contract = ALL.get(purpose);
    if (contract == null) {
      throw new AssertionError("Expected a contract for " + purpose);
    }
    return contract;
  }

  private static Contract<?> constant(String answer) {
    try {
      Field constant = Class.forName(answer).getDeclaredField("CONTRACT");
      constant.setAccessible(true);
      return (Contract<?>) constant.get(null);
    } catch (ReflectiveOperationException missing) {
      throw new LinkageError(missing.getMessage(), missing);
    }
  }

  private static Contract<?> work(Purpose purpose) {
    try {
      Method contract =
          Class.forName("dev.kodo.heartbeat.ActivityWork")
              .getDeclaredMethod("contract", Purpose.class);
      contract.setAccessible(true);
      return (Contract<?>) contract.invoke(null, purpose);
    } catch (ReflectiveOperationException missing) {
      throw new LinkageError(missing.getMessage(), missing);
    }
  }
}
