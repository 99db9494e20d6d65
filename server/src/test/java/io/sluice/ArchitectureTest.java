package io.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ArchitectureTest {
  private static JavaClasses server;

  @BeforeAll
  static void read() {
    server =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/io/sluice/engine/"))
            .importPackages("io.sluice");
  }

  @Test
  void arrowsRunDown() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("cli")
        .definedBy("io.sluice.cli..")
        .layer("api")
        .definedBy("io.sluice.api..")
        .layer("workflow")
        .definedBy("io.sluice.workflow..")
        .layer("documents")
        .definedBy("io.sluice.documents..")
        .layer("providers")
        .definedBy("io.sluice.providers..")
        .layer("guard")
        .definedBy("io.sluice.guard..")
        .layer("expression")
        .definedBy("io.sluice.expression..")
        .layer("webhooks")
        .definedBy("io.sluice.webhooks..")
        .layer("events")
        .definedBy("io.sluice.events..")
        .layer("platform")
        .definedBy("io.sluice.platform..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("api")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("workflow")
        .mayOnlyBeAccessedByLayers("api")
        .whereLayer("documents")
        .mayOnlyBeAccessedByLayers("api")
        .whereLayer("webhooks")
        .mayOnlyBeAccessedByLayers("api", "workflow")
        .whereLayer("events")
        .mayOnlyBeAccessedByLayers("api", "webhooks", "workflow")
        .whereLayer("providers")
        .mayOnlyBeAccessedByLayers("documents")
        .whereLayer("guard")
        .mayOnlyBeAccessedByLayers("api", "documents", "providers", "webhooks", "workflow")
        .check(server);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.sluice.(*)..").should().beFreeOfCycles().check(server);
    // The door of a module is opened by a class below it, so that only what lies below is looked
    // at.
    slices().matching("io.sluice.*.(*)..").should().beFreeOfCycles().check(server);
  }

  @Test
  void sqlStandsInStoresOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.sluice..store..", "io.sluice.platform")
        .should()
        .accessTargetWhere(ownedBy(Connection.class, Statement.class, PreparedStatement.class))
        .orShould()
        .accessTargetWhere(ownedBy(ResultSet.class, JdbcClient.class))
        .check(server);
  }

  @Test
  void timeIdsAndChanceArePassedIn() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sluice.platform")
        .should()
        .accessTargetWhere(
            named(
                "java.time.Instant.now",
                "java.time.LocalDate.now",
                "java.time.LocalDateTime.now",
                "java.time.ZonedDateTime.now",
                "java.time.OffsetDateTime.now",
                "java.lang.System.currentTimeMillis",
                "java.lang.Math.random",
                "java.util.UUID.randomUUID",
                "java.util.Random.<init>",
                "java.util.concurrent.ThreadLocalRandom.current"))
        .check(server);
  }

  @Test
  void threadsAreStartedInFewPlaces() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.sluice.platform", "io.sluice.providers..", "io.sluice.cli..")
        .should()
        .accessTargetWhere(ownedBy(Executors.class))
        .orShould()
        .accessTargetWhere(
            named(
                "java.lang.Thread.<init>",
                "java.lang.Thread.ofVirtual",
                "java.lang.Thread.ofPlatform",
                "java.lang.Thread.startVirtualThread",
                "java.lang.Thread.start"))
        .check(server);
  }

  @Test
  void rulesOfTheDomainKnowNoFramework() {
    noClasses()
        .that()
        .resideInAPackage("io.sluice..model..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.springframework..", "java.sql.."))
        .check(server);
  }

  private static com.tngtech.archunit.base.DescribedPredicate<JavaAccess<?>> ownedBy(
      Class<?>... owners) {
    var names = java.util.Arrays.stream(owners).map(Class::getName).toList();
    return describe(
        "belongs to one of " + names, access -> names.contains(access.getTargetOwner().getName()));
  }

  private static com.tngtech.archunit.base.DescribedPredicate<JavaAccess<?>> named(
      String... names) {
    var set = Set.of(names);
    return describe(
        "is one of " + set,
        access -> set.contains(access.getTargetOwner().getName() + "." + access.getName()));
  }
}
