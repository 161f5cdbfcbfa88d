package dev.kodo.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {
  private static final String PLANTED = "dev.kodo.structure.planted";
  private static final JavaClasses BODY =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // The kernel is on the class path of the tests; it is no part of the body.
          .withImportOption(location -> !location.contains("dev/kodo/kernel"))
          .importPackages("dev.kodo");
  private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(PLANTED);

  /** Each rule as it holds for the body, and as it is asked of the planted violations. */
  static Stream<Arguments> rules() {
    return Stream.of(
        both("engine only at the leaves", HouseRules.engineOnlyAtTheLeaves()),
        both("model library only in the model port", HouseRules.modelLibraryOnlyInTheModelPort()),
        both("time only from the clock", HouseRules.timeOnlyFromTheClock()),
        both("control flow belongs to the engine", HouseRules.controlFlowBelongsToTheEngine()),
        both("rows are read at once", HouseRules.rowsAreReadAtOnce()),
        both("names say what things are", HouseRules.namesSayWhatThingsAre()),
        Arguments.of(
            Named.of(
                "the core knows no feature",
                HouseRules.theCoreKnowsNoFeature(
                    "dev.kodo.worker..", "dev.kodo.process..", "dev.kodo.config..")),
            HouseRules.theCoreKnowsNoFeature(PLANTED)),
        Arguments.of(
            Named.of("features have no cycles", HouseRules.featuresHaveNoCycles("dev.kodo")),
            HouseRules.featuresHaveNoCycles(PLANTED)));
  }

  private static Arguments both(String name, ArchRule rule) {
    return Arguments.of(Named.of(name, rule), rule);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holdsForTheBody(ArchRule rule, ArchRule same) {
    assertThat(rule.evaluate(BODY).getFailureReport().getDetails()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void failsOnAPlantedViolation(ArchRule rule, ArchRule onPlanted) {
    assertThat(onPlanted.evaluate(VIOLATIONS).hasViolation()).isTrue();
  }
}
