package io.sluice.testing.run.work;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.IdSource;
import io.sluice.engine.JobId;
import io.sluice.engine.Jobs;
import io.sluice.engine.TenantId;
import io.sluice.platform.SpringTx;
import io.sluice.testing.model.Pinned;
import io.sluice.testing.model.Selection;
import io.sluice.testing.model.TestLibrary;
import io.sluice.testing.model.TestSuite;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.RunView;
import io.sluice.testing.run.TestRuns;
import io.sluice.testing.run.ValidationView;
import io.sluice.testing.run.model.Chosen;
import io.sluice.testing.run.store.ExecutionStore;
import io.sluice.testing.run.store.RunStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The door of runs, opened: what changes something. What only looks is [RunReading]'s.
@Service
class RunService extends RunReading implements TestRuns {
  private static final int USUAL_PRIORITY = 5;
  private static final List<String> USUAL_LANGUAGES = List.of("en-US");

  private final TestLibrary library;
  private final Scheduling scheduling;
  private final Inline inline;
  private final Ending ending;
  private final Plans plans;
  private final Judging judging;
  private final SpringTx transactions;
  private final Jobs jobs;
  private final IdSource ids;

  RunService(
      Reads reads,
      TestLibrary library,
      Parts parts,
      SpringTx transactions,
      Jobs jobs,
      IdSource ids) {
    super(reads);
    this.library = library;
    this.scheduling = parts.scheduling();
    this.inline = parts.inline();
    this.ending = parts.ending();
    this.plans = parts.plans();
    this.judging = parts.judging();
    this.transactions = transactions;
    this.jobs = jobs;
    this.ids = ids;
  }

  /// What it is made of.
  @org.springframework.stereotype.Component
  record Parts(Scheduling scheduling, Inline inline, Ending ending, Plans plans, Judging judging) {}

  @Override
  public RunView create(TenantId tenant, NewRun run, String who) {
    check(run);
    var selection =
        run.suite() != null
            ? narrowed(library.suite(tenant, run.suite().toString()), run.cases())
            : library.cases(tenant, run.cases().stream().map(UUID::toString).toList());
    if (selection.choices().isEmpty()) {
      throw new RunProblem.Invalid(
          run.suite() == null ? "/testCaseIds" : "/suiteId",
          "chooses no case: there would be nothing to run");
    }
    var id = ids.next();
    var chosen = new Chosen(selection.pins(), null);
    runs().insert(tenant, stored(id, run, selection, chosen, who));
    return get(tenant, id);
  }

  private void check(NewRun run) {
    if (run.suite() == null && run.cases().isEmpty()) {
      throw new RunProblem.Invalid("", "needs a suiteId or testCaseIds: name what is to be run");
    }
    var priority = run.priority();
    if (priority != null && (priority < 1 || priority > 10)) {
      throw new RunProblem.Invalid("/priority", "must be 1 to 10, where lower is more urgent");
    }
    if (run.completion() != null) {
      ending.check(run.completion());
    }
  }

  private static Selection narrowed(Selection selection, List<UUID> cases) {
    if (cases.isEmpty()) {
      return selection;
    }
    var choices =
        selection.choices().stream().filter(c -> cases.contains(c.pinned().id())).toList();
    return new Selection(selection.suite(), choices, selection.items());
  }

  private static RunStore.New stored(
      UUID id, NewRun run, Selection selection, Chosen chosen, String who) {
    @Nullable Pinned<TestSuite> suite = selection.suite();
    return new RunStore.New(
        id,
        name(run, selection),
        suite == null ? null : suite.id(),
        suite == null ? null : suite.version(),
        run.trigger(),
        languages(run.languages(), suite),
        run.environment(),
        chosen,
        run.priority() == null ? USUAL_PRIORITY : run.priority(),
        run.completion(),
        null,
        who);
  }

  private static String name(NewRun run, Selection selection) {
    if (run.name() != null && !run.name().isBlank()) {
      return run.name().strip();
    }
    if (selection.suite() != null) {
      return selection.suite().definition().name();
    }
    int cases = selection.choices().size();
    var first = selection.choices().getFirst().testCase().name();
    return cases == 1 ? first : first + " and " + (cases - 1) + " more";
  }

  private static List<String> languages(List<String> asked, @Nullable Pinned<TestSuite> suite) {
    if (!asked.isEmpty()) {
      return asked;
    }
    return suite == null || suite.definition().languages().isEmpty()
        ? USUAL_LANGUAGES
        : suite.definition().languages();
  }

  @Override
  public Scheduled schedule(TenantId tenant, UUID run, How how, String who) {
    var made = transactions.in(tx -> scheduling.schedule(tx, tenant, run, how, who));
    if (how.inline()) {
      inline.carryOut(tenant, made, who);
    }
    var executions = made.open().stream().map(ExecutionStore.Open::id).toList();
    return new Scheduled(
        get(tenant, run),
        made.open().size(),
        made.open().stream().map(ExecutionStore.Open::job).filter(job -> job != null).toList(),
        executions,
        how.inline() ? executions(tenant, ExecutionFilter.of(run), null, 200) : null);
  }

  @Override
  public Scheduled rerunFailed(TenantId tenant, UUID run, String who) {
    var before = get(tenant, run);
    if (before.endedAt() == null) {
      throw new RunProblem.NotNow(
          "Test run %s is %s; what failed is known when it has ended"
              .formatted(run, before.status()));
    }
    if (before.importedFrom() != null) {
      throw new RunProblem.NotNow(
          "Test run %s was carried out by another tool; run it again there".formatted(run));
    }
    var failed = runs().failed(run);
    if (failed.isEmpty()) {
      throw new RunProblem.NotNow("Nothing of test run " + run + " has failed");
    }
    var id = ids.next();
    return transactions.in(tx -> {
      var plan = runs().plan(tenant, run).orElseThrow(() -> new RunProblem.UnknownRun(run));
      var metadata = new LinkedHashMap<String, @Nullable Object>(before.triggerMetadata());
      metadata.put("rerunOf", run.toString());
      runs()
          .insert(
              tenant,
              new RunStore.New(
                  id,
                  before.name(),
                  plan.suite(),
                  plan.suiteVersion(),
                  new Trigger("rerun", metadata),
                  plan.languages(),
                  plan.environment(),
                  new Chosen(plan.chosen().pins(), failed),
                  plan.priority(),
                  null,
                  run,
                  who));
      var made = scheduling.schedule(tx, tenant, id, How.USUAL, who);
      return new Scheduled(
          get(tenant, id),
          made.open().size(),
          made.open().stream().map(ExecutionStore.Open::job).filter(job -> job != null).toList(),
          made.open().stream().map(ExecutionStore.Open::id).toList(),
          null);
    });
  }

  /// The rows first: a worker that is quicker than the engine's cancel finds that it may not go on.
  @Override
  public RunView cancel(TenantId tenant, UUID run, String who) {
    transactions.in(tx -> {
      ending.cancel(tx, tenant, run, who);
      return true;
    });
    // What was asked while it was being cancelled: from now on nobody asks about it.
    transactions.in(tx -> {
      ending.withdraw(tx, tenant, run);
      return true;
    });
    var now = get(tenant, run);
    if (now.jobId() != null) {
      try {
        jobs.cancel(new JobId(now.jobId()), who);
      } catch (EngineProblem.UnknownJob _) {
        // History has forgotten it: it had ended long ago.
      }
    }
    return now;
  }

  @Override
  public ValidationView validate(TenantId tenant, UUID execution, String who) {
    var scored = judging.score(tenant, plans.of(tenant, execution));
    var id = transactions.in(tx -> judging.store(tx, plans.of(tenant, execution), scored, who));
    return validation(tenant, id);
  }
}
