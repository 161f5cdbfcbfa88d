package dev.kodo.process.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.client.api.response.EvaluateDecisionResponse;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision tables, rule by rule, in the real decision engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DecisionScenarioTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ScenarioEngine engine = ScenarioEngine.start();
  private final Set<String> matched = new HashSet<>();

  @AfterAll
  void stopEngine() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          false | normal      | normal   | 0  | ["theme-start"]
          false | low-compute | recovery | 0  | ["theme-start"]
          true  | normal      | normal   | 3  | ["think","observe","create","introspect","other"]
          true  | normal      | normal   | 4  | ["think","observe","create","introspect","other","theme-end"]
          true  | low-compute | normal   | 40 | ["think","observe","create","introspect","other","theme-end"]
          true  | normal      | recovery | 9  | ["think","observe","introspect"]
          true  | critical    | normal   | 1  | ["introspect","theme-end"]
          true  | critical    | recovery | 1  | ["introspect"]
          false | critical    | normal   | 0  | ["introspect"]
          true  | dead        | normal   | 9  | null
          false | dead        | normal   | 0  | null
          true  | dead        | recovery | 9  | null
          """)
  void permitsActivities(
      boolean hasTheme, String tier, String mode, int beatsInTheme, String permitted) {
    // when
    EvaluateDecisionResponse decision =
        decide(
            "permitted-activities",
            Map.of("hasTheme", hasTheme, "tier", tier, "mode", mode, "beatsInTheme", beatsInTheme));

    // then
    assertThat(decision.getDecisionOutput()).isEqualTo(permitted);
  }

  /** Given how many beats ago each was done; an activity that is not named was never done. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          think observe create introspect other | -                                                | think
          think observe create introspect other | think=1                                          | observe
          think observe create introspect other | think=2 observe=1                                | create
          think observe create introspect other | think=3 observe=2 create=1                       | introspect
          think observe create introspect other | think=4 observe=3 create=2 introspect=1          | other
          think observe create introspect other | think=5 observe=4 create=3 introspect=2 other=1  | think
          think observe create introspect other | think=1 observe=5 create=4 introspect=3 other=2  | observe
          think observe create introspect other | think=2 observe=1 create=5 introspect=4 other=3  | create
          think observe create introspect other | think=2 observe=1 create=3 introspect=5 other=4  | introspect
          think observe create introspect other | think=2 observe=1 create=3 introspect=4 other=15 | other
          other introspect create               | introspect=3 create=3 other=3                    | create
          other think theme-end                 | think=1 other=2 theme-start=9                    | other
          observe theme-end                     | observe=1                                        | observe
          theme-start theme-end                 | -                                                | -
          theme-start theme-end                 | theme-start=3 theme-end=2                        | -
          theme-end                             | think=3                                          | -
          introspect theme-end                  | introspect=1 theme-end=7                         | introspect
          """)
  void choosesWithoutAModelWhatRestedLongest(
      String permitted, @Nullable String beatsSince, @Nullable String choice) {
    // given
    Map<String, Integer> since = new HashMap<>();
    if (beatsSince != null) {
      for (String one : beatsSince.split("\\s+", -1)) {
        since.put(one.split("=", -1)[0], Integer.valueOf(one.split("=", -1)[1]));
      }
    }

    // when
    EvaluateDecisionResponse decision =
        decide(
            "choice-without-model",
            Map.of(
                "permittedActivities", List.of(permitted.split("\\s+", -1)), "beatsSince", since));

    // then
    assertThat(decision.getDecisionOutput())
        .isEqualTo(choice == null ? "null" : "\"%s\"".formatted(choice));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          closed,          0, normal,      PT30M, PT30M, false
          closed,          3, normal,      PT30M, PT30M, false
          failed,          1, normal,      PT30M, PT5M,  false
          failed,          1, critical,    PT30M, PT2H,  false
          cut-short,       0, critical,    PT30M, PT2H,  false
          dead,            0, dead,        PT30M, PT4H,  false
          failed,          3, low-compute, PT30M, PT5M,  false
          incomplete,      1, normal,      PT30M, PT5M,  false
          failed,          1, normal,      PT1M,  PT1M,  false
          failed,          4, normal,      PT30M, PT30M, true
          incomplete,      7, critical,    PT30M, PT30M, true
          already-beating, 0, -,           PT30M, PT1M,  false
          no-room,         0, normal,      PT30M, PT5M,  false
          no-room,         0, critical,    PT1M,  PT1M,  false
          closed,          0, low-compute, PT30M, PT1H,  false
          closed,          0, critical,    PT30M, PT2H,  false
          closed,          0, dead,        PT6H,  P2D,   false
          -,               -, -,           PT30M, PT30M, false
          """)
  void decidesThePace(
      @Nullable String outcome,
      @Nullable Integer sameErrorCount,
      @Nullable String tier,
      String baseInterval,
      String nextBeatIn,
      boolean needsReview)
      throws JsonProcessingException {
    // given
    Map<String, Object> variables = new HashMap<>();
    variables.put("outcome", outcome);
    variables.put("sameErrorCount", sameErrorCount);
    variables.put("tier", tier);
    variables.put("baseInterval", baseInterval);

    // when
    EvaluateDecisionResponse decision = decide("heartbeat-pace", variables);

    // then
    assertThat(JSON.readTree(decision.getDecisionOutput()))
        .isEqualTo(JSON.valueToTree(Map.of("nextBeatIn", nextBeatIn, "needsReview", needsReview)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, normal, best, 0, false",
    "0.5999, normal, best, 0, false",
    "0.60, low-compute, cheap, 1, false",
    "0.8499, low-compute, cheap, 1, false",
    "0.85, critical, minimal, 2, true",
    "0.9499, critical, minimal, 2, true",
    "0.95, dead, minimal, 3, true",
    "17, dead, minimal, 3, true"
  })
  void decidesTheTier(double share, String tier, String modelClass, int severity, boolean needsHelp)
      throws JsonProcessingException {
    // when
    EvaluateDecisionResponse decision = decide("survival-tier", Map.of("share", share));

    // then
    assertThat(JSON.readTree(decision.getDecisionOutput()))
        .isEqualTo(
            JSON.valueToTree(
                Map.of(
                    "tier", tier,
                    "modelClass", modelClass,
                    "severity", severity,
                    "needsHelp", needsHelp)));
  }

  @ParameterizedTest
  @CsvSource({
    "5, 1, 5",
    "4.999999999, 1, 4",
    "0.5, 1, 1",
    "0, 1, 1",
    "5, 0.3, 16",
    "999999999, 0.2, 4999999995",
    "5, 0, null",
    ", , null",
    ", 1, null"
  })
  void letsAsManyBeatsBeOpenAsTheRoomHolds(
      @Nullable BigDecimal left, @Nullable BigDecimal beatNeed, String beatsAtOnce) {
    // given
    Map<String, Object> variables = new HashMap<>();
    variables.put("left", left);
    variables.put("beatNeed", beatNeed);

    // when
    EvaluateDecisionResponse decision = decide("beats-at-once", variables);

    // then
    assertThat(decision.getDecisionOutput()).isEqualTo(beatsAtOnce);
  }

  @ParameterizedTest
  @CsvSource({
    "normal, true",
    "low-compute, true",
    "critical, false",
    "dead, false",
    "a-tier-of-its-own, false"
  })
  void permitsRoutines(String tier, String permitted) {
    assertThat(decide("permitted-routines", Map.of("tier", tier)).getDecisionOutput())
        .isEqualTo(permitted);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-", "-0.01"})
  void decidesNoTierForAShareThatMakesNoSense(@Nullable Double share) {
    // given
    Map<String, Object> variables = new HashMap<>();
    variables.put("share", share);

    // then
    assertThat(decide("survival-tier", variables).getDecisionOutput()).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -    | null
          0.49 | null
          0.50 | [50]
          0.8  | [50,80]
          1.2  | [50,80,100]
          """)
  void listsTheAlertsOfAShare(@Nullable Double share, String alerts) {
    // given
    Map<String, Object> variables = new HashMap<>();
    variables.put("share", share);

    // then
    assertThat(decide("budget-alerts", variables).getDecisionOutput()).isEqualTo(alerts);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          JOB_NO_RETRIES,        other,     0, -,   9,    retry
          JOB_NO_RETRIES,        other,     1, 2,   9,    wait
          JOB_NO_RETRIES,        other,     1, 299, 400,  wait
          JOB_NO_RETRIES,        other,     1, 300, 400,  retry
          JOB_NO_RETRIES,        other,     2, 899, 2000, wait
          JOB_NO_RETRIES,        other,     2, 900, 2000, retry
          JOB_NO_RETRIES,        other,     3, 4,   9000, wait
          JOB_NO_RETRIES,        other,     3, 900, 9000, person
          JOB_NO_RETRIES,        input,     0, -,   9,    person
          UNHANDLED_ERROR_EVENT, other,     0, -,   9,    retry
          UNHANDLED_ERROR_EVENT, workspace, 0, -,   9,    restore-workspace
          UNHANDLED_ERROR_EVENT, workspace, 2, 10,  900,  wait
          JOB_UNCLAIMED,         other,     0, -,   1799, wait
          JOB_UNCLAIMED,         other,     0, -,   1800, person
          JOB_UNCLAIMED,         other,     1, 86399, 90000, wait
          JOB_UNCLAIMED,         other,     1, 86400, 90000, person
          CALLED_ELEMENT_ERROR,  other,     0, -,   9,    retry
          FORM_NOT_FOUND,        other,     2, 200, 900,  wait
          FORM_NOT_FOUND,        other,     2, 300, 900,  retry
          FORM_NOT_FOUND,        other,     3, 300, 900,  person
          IO_MAPPING_ERROR,      other,     0, -,   9,    retry
          EXTRACT_VALUE_ERROR,   other,     1, 60,  90,   person
          MESSAGE_SIZE_EXCEEDED, other,     0, -,   9,    person
          """)
  void decidesTheRepair(
      String kind,
      String trouble,
      int attempts,
      @Nullable Integer sinceAttempt,
      int age,
      String repair) {
    // given
    Map<String, Object> variables = new HashMap<>();
    variables.put("kind", kind);
    variables.put("jobType", "");
    variables.put("trouble", trouble);
    variables.put("attempts", attempts);
    variables.put("sinceAttempt", sinceAttempt);
    variables.put("age", age);

    // then
    assertThat(decide("repair-rules", variables).getDecisionOutput())
        .isEqualTo("\"%s\"".formatted(repair));
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void usesEveryRule() {
    Set<String> unused = new HashSet<>(DecisionRules.all());
    unused.removeAll(matched);
    System.out.printf(
        "decisions: %d of %d rules%n",
        DecisionRules.all().size() - unused.size(), DecisionRules.all().size());
    assertThat(unused).isEmpty();
  }

  private EvaluateDecisionResponse decide(String decisionId, Map<String, Object> variables) {
    EvaluateDecisionResponse decision =
        engine
            .client()
            .newEvaluateDecisionCommand()
            .decisionId(decisionId)
            .variables(variables)
            .send()
            .join();
    decision.getEvaluatedDecisions().stream()
        .flatMap(evaluated -> evaluated.getMatchedRules().stream())
        .forEach(rule -> matched.add(rule.getRuleId()));
    return decision;
  }
}
