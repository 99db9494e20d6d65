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
import java.util.Map;
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

  /// Each module, and who may use it.
  private static final Map<String, Set<String>> USERS =
      Map.ofEntries(
          Map.entry("cli", Set.of()),
          Map.entry("api", Set.of()),
          Map.entry("documents", Set.of("api")),
          Map.entry("assistant", Set.of("api")),
          Map.entry("workflow", Set.of("api", "cli")),
          Map.entry("notifications", Set.of("api")),
          Map.entry("testing", Set.of("notifications", "api")),
          Map.entry("review", Set.of("workflow", "notifications", "testing", "api")),
          Map.entry("validation", Set.of("providers", "workflow", "testing", "api")),
          Map.entry("webhooks", Set.of("workflow", "notifications", "testing", "api")),
          Map.entry("providers", Set.of("assistant", "documents", "testing", "api")),
          Map.entry(
              "guard",
              Set.of("webhooks", "providers", "workflow", "notifications", "testing", "api")),
          Map.entry("events", Set.of("workflow", "webhooks", "notifications", "testing", "api")),
          Map.entry("sources", Set.of("webhooks", "workflow", "testing", "api", "cli")),
          Map.entry(
              "expression",
              Set.of("sources", "webhooks", "workflow", "notifications", "testing", "api", "cli")));

  @Test
  void arrowsRunDown() {
    var rule = layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (var module : USERS.keySet()) {
      rule = rule.layer(module).definedBy("io.sluice." + module + "..");
    }
    for (var module : USERS.entrySet()) {
      var users = module.getValue().toArray(String[]::new);
      rule =
          users.length == 0
              ? rule.whereLayer(module.getKey()).mayNotBeAccessedByAnyLayer()
              : rule.whereLayer(module.getKey()).mayOnlyBeAccessedByLayers(users);
    }
    rule.check(server);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.sluice.(*)..").should().beFreeOfCycles().check(server);
    // The door of a module is opened by a class below it, so that only what lies below is looked
    // at.
    slices().matching("io.sluice.(*).(*)..").should().beFreeOfCycles().check(server);
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
