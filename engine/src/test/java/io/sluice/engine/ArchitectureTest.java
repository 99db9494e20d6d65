package io.sluice.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;

/// How the engine's packages may use each other, and the world.
class ArchitectureTest {
  private static final String ENGINE = "io.sluice.engine";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/testkit/"))
          .importPackages(ENGINE);

  @Test
  void noPackageBelowTheDoorDependsOnAnotherInACircle() {
    slices().matching(ENGINE + ".(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void arrowsRunFromTheLoopsToTheStoresToTheRulesToTheDoor() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE + ".model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ENGINE + ".store..", ENGINE + ".engine..", ENGINE + ".postgres..")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAPackage(ENGINE + ".store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ENGINE + ".engine..", ENGINE + ".postgres..")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ENGINE + ".model..", ENGINE + ".store..", ENGINE + ".engine..", ENGINE + ".postgres..")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAPackage(ENGINE + ".postgres..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ENGINE + "..")
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        resideInAPackage(ENGINE + ".postgres.."))))
        .check(MAIN);
  }

  @Test
  void theEngineKnowsNoSpring() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..")
        .check(MAIN);
  }

  @Test
  void theRulesArePure() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE + ".model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "java.util.concurrent..", "org.slf4j..")
        .check(MAIN);
  }

  @Test
  void threadsAreStartedInTheLoopsPackageAndTheSupervisorsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ENGINE + ".engine..", ENGINE + ".postgres..")
        .should()
        .callMethod(Thread.class, "start")
        .orShould()
        .callMethod(Thread.class, "ofVirtual")
        .orShould()
        .callMethod(Thread.class, "ofPlatform")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Executors.class, ScheduledThreadPoolExecutor.class)
        .check(MAIN);
  }

  /// The door names a connection (`Tx`) and an exception, but runs no statement.
  @Test
  void statementsAreRunBelowTheDoorOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ENGINE + ".store..", ENGINE + ".engine..", ENGINE + ".postgres..")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            java.sql.Statement.class,
            java.sql.PreparedStatement.class,
            java.sql.ResultSet.class,
            java.sql.DriverManager.class,
            javax.sql.DataSource.class)
        .check(MAIN);
  }

  @Test
  void nobodyReadsTheClockBehindTheBackOfAnInstantSource() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ENGINE + ".postgres..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.LocalDateTime.class, "now")
        .orShould()
        .callMethod(java.time.ZonedDateTime.class, "now")
        .check(MAIN);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith(org.jspecify.annotations.NullMarked.class)
        .check(MAIN);
  }
}
