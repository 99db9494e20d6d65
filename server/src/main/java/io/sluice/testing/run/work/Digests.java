package io.sluice.testing.run.work;

import io.sluice.engine.TenantId;
import io.sluice.testing.model.Pinned;
import io.sluice.testing.model.Selection;
import io.sluice.testing.model.TestLibrary;
import io.sluice.testing.model.TestSuite;
import io.sluice.testing.model.TestSuite.Notification;
import io.sluice.testing.run.RunDigest;
import io.sluice.testing.run.RunDigest.Told;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.store.DigestStore;
import io.sluice.testing.run.store.RunStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Puts together what is to be known of a run.
@Component
class Digests {
  private final RunStore runs;
  private final DigestStore digests;
  private final TestLibrary library;

  Digests(RunStore runs, DigestStore digests, TestLibrary library) {
    this.runs = runs;
    this.digests = digests;
    this.library = library;
  }

  RunDigest of(TenantId tenant, UUID run) {
    var view = runs.find(tenant, run).orElseThrow(() -> new RunProblem.UnknownRun(run));
    var suite = suite(run);
    return new RunDigest(
        view,
        suite.map(TestSuite::name).orElse(null),
        digests.languages(run),
        suite.map(Digests::told).orElse(List.of()));
  }

  private Optional<TestSuite> suite(UUID run) {
    return runs.context(run)
        .map(context -> context.chosen().pins().suite())
        .map(version -> library.pinned(new Selection.Pins(version, List.of(), List.of())).suite())
        .map(Pinned::definition);
  }

  private static List<Told> told(TestSuite suite) {
    return suite.notifications().stream().map(Digests::told).toList();
  }

  private static Told told(Notification notification) {
    return new Told(
        notification.channel().name().toLowerCase(Locale.ROOT),
        notification.to(),
        notification.on().stream()
            .map(occasion -> occasion.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()));
  }
}
