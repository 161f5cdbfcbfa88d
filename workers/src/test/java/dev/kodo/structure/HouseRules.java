package dev.kodo.structure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rules that hold the house up, see docs/architecture.md. */
final class HouseRules {
  private HouseRules() {}

  static ArchRule engineOnlyAtTheLeaves() {
    return noClasses()
        .that()
        .resideOutsideOfPackages("dev.kodo.worker..", "dev.kodo.process..")
        .and()
        .haveSimpleNameNotEndingWith("Worker")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.camunda..")
        .because("features speak to the engine through dev.kodo.process and dev.kodo.worker");
  }

  static ArchRule modelLibraryOnlyInTheModelPort() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.kodo.model.http..",
            "dev.kodo.model.openai..",
            "dev.kodo.model.ollama..",
            "dev.kodo.model.anthropic..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.langchain4j..")
        .because("only the leaves of the one port to language models know the library");
  }

  static ArchRule timeOnlyFromTheClock() {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.kodo.config.TimeConfiguration")
        .should()
        .callCodeUnitWhere(readsTheMachinesClockOrChance())
        .because("a simulated week must be able to pass in a test");
  }

  static ArchRule controlFlowBelongsToTheEngine() {
    return noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.springframework.scheduling.annotation.Scheduled")
        .because("whatever waits or repeats is on a diagram");
  }

  static ArchRule rowsAreReadAtOnce() {
    return noClasses()
        .should()
        .callMethod(JdbcClient.MappedQuerySpec.class, "stream")
        .because("such a stream keeps a connection of the pool until somebody closes it");
  }

  static ArchRule namesSayWhatThingsAre() {
    return classes()
        .should()
        .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)$")
        .because("such a name says nothing");
  }

  static ArchRule theCoreKnowsNoFeature(String... corePackages) {
    return noClasses()
        .that()
        .resideInAnyPackage(corePackages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.kodo.agent..",
            "dev.kodo.api..",
            "dev.kodo.channel..",
            "dev.kodo.decision..",
            "dev.kodo.heartbeat..",
            "dev.kodo.introspection..",
            "dev.kodo.model..",
            "dev.kodo.repair..",
            "dev.kodo.routine..",
            "dev.kodo.session..",
            "dev.kodo.start..",
            "dev.kodo.survival..",
            "dev.kodo.theme..",
            "dev.kodo.workspace..")
        .because("dependencies point inward: worker and process, then features, then the API");
  }

  static ArchRule featuresHaveNoCycles(String root) {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }

  private static DescribedPredicate<JavaCall<?>> readsTheMachinesClockOrChance() {
    return DescribedPredicate.describe(
        "reads the machine's clock or chance",
        call -> {
          AccessTarget.CodeUnitCallTarget target = call.getTarget();
          JavaClass owner = target.getOwner();
          boolean now =
              owner.getPackageName().equals("java.time")
                  && target.getName().equals("now")
                  && target.getRawParameterTypes().isEmpty();
          boolean millis =
              owner.isEquivalentTo(System.class) && target.getName().equals("currentTimeMillis");
          boolean chance =
              owner.isEquivalentTo(Random.class)
                  || (owner.isEquivalentTo(Math.class) && target.getName().equals("random"));
          boolean systemClock =
              owner.getFullName().equals("java.time.Clock")
                  && Set.of("systemUTC", "systemDefaultZone", "system").contains(target.getName());
          return now || millis || chance || systemClock;
        });
  }
}
