package io.sluice.testing.run.work;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.IdSource;
import io.sluice.engine.JobId;
import io.sluice.engine.Jobs;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.testing.model.Retries;
import io.sluice.testing.model.Selection;
import io.sluice.testing.model.Settings;
import io.sluice.testing.model.TestLibrary;
import io.sluice.testing.run.ExecutionStatus;
import io.sluice.testing.run.Outcome;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.TestRuns.How;
import io.sluice.testing.run.model.Cells;
import io.sluice.testing.run.model.ExecutionMove;
import io.sluice.testing.run.store.ExecutionStore;
import io.sluice.testing.run.store.ExecutionStore.Open;
import io.sluice.testing.run.store.RunStore;
import io.sluice.testing.run.work.Kinds.ExecuteInput;
import io.sluice.testing.run.work.Kinds.RunInput;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Schedules a run: its job, its executions and their jobs, in one transaction.
@Component
class Scheduling {
  /// The group of a run's executions.
  static final String GROUP = "executions";

  /// After so long what a request has not carried out is given up.
  static final Duration INLINE = Duration.ofMinutes(15);

  private static final int MOST_INLINE = 100;

  private final RunStore runs;
  private final ExecutionStore executions;
  private final TestLibrary library;
  private final ObjectProvider<Jobs> jobs;
  private final Kinds kinds;
  private final AtOnce atOnce;
  private final Announcements announcements;
  private final IdSource ids;
  private final InstantSource clock;

  Scheduling(
      RunStore runs,
      ExecutionStore executions,
      TestLibrary library,
      ObjectProvider<Jobs> jobs,
      Kinds kinds,
      AtOnce atOnce,
      Announcements announcements,
      IdSource ids,
      InstantSource clock) {
    this.runs = runs;
    this.executions = executions;
    this.library = library;
    this.jobs = jobs;
    this.kinds = kinds;
    this.atOnce = atOnce;
    this.announcements = announcements;
    this.ids = ids;
    this.clock = clock;
  }

  /// What was made.
  ///
  /// @param open those to be carried out, in the order of the run
  record Made(UUID run, JobId job, List<Open> open) {}

  /// Schedules a pending run.
  Made schedule(Tx tx, TenantId tenant, UUID run, How how, String who) {
    var plan = runs.lock(tenant, run).orElseThrow(() -> new RunProblem.UnknownRun(run));
    if (!plan.status().equals("pending")) {
      throw new RunProblem.NotNow(
          "Test run %s is %s; only a pending one can be scheduled".formatted(run, plan.status()));
    }
    var languages = how.languages().isEmpty() ? plan.languages() : how.languages();
    var selection = library.pinned(plan.chosen().pins());
    var cells = cells(plan, selection, languages, how);
    int tried = (int) cells.stream().filter(cell -> cell.skip() == null).count();
    if (how.inline() && tried > MOST_INLINE) {
      throw new RunProblem.TooLargeInline(tried, MOST_INLINE);
    }
    var job = enqueueRun(tx, tenant, plan, how.inline());
    var made = new ArrayList<ExecutionStore.New>();
    for (var cell : cells) {
      made.add(execution(cell, selection));
    }
    var atMost = selection.suite() == null ? null : selection.suite().definition().concurrency();
    var family = new Children(job, plan, atMost);
    var withJobs = how.inline() ? made : withJobs(tx, tenant, family, made, cells);
    executions.insert(tenant, run, withJobs);
    var open = move(withJobs, cells, how.inline(), who);
    runs.start(run, job.value(), how.inline(), languages);
    announcements.tell(
        tx,
        tenant,
        run,
        "test.run.running",
        Map.of("status", "running", "executions", cells.size()));
    return new Made(run, job, open);
  }

  private List<Cells.One> cells(
      RunStore.Plan plan, Selection selection, List<String> languages, How how) {
    var choices = selection.choices();
    if (!how.cases().isEmpty()) {
      var known = new HashSet<UUID>();
      choices.forEach(choice -> known.add(choice.pinned().id()));
      for (int i = 0; i < how.cases().size(); i++) {
        if (!known.contains(how.cases().get(i))) {
          throw new RunProblem.Invalid(
              "/testCaseIds/" + i, "is no case of this run; leave it out, or make another run");
        }
      }
      choices = choices.stream().filter(c -> how.cases().contains(c.pinned().id())).toList();
    }
    return Cells.of(choices, languages, plan.chosen().only());
  }

  /// One that waits for children; or one that looks, after a while, whether the request that should
  /// have carried everything out has died.
  private JobId enqueueRun(Tx tx, TenantId tenant, RunStore.Plan plan, boolean inline) {
    var options = EnqueueOptions.of(tenant).withPriority(urgency(plan.priority()));
    if (inline) {
      options = options.withRunAt(clock.instant().plus(INLINE));
    }
    return jobs.getObject().enqueue(tx, kinds.run(), new RunInput(plan.id()), options).job();
  }

  /// 1 to 10 as the engine counts, where 5 is as usual.
  private static int urgency(int priority) {
    return (priority - 5) * 2;
  }

  private ExecutionStore.New execution(Cells.One cell, Selection selection) {
    var pinned = cell.choice().pinned();
    var suite = selection.suite() == null ? null : selection.suite().definition();
    var settings =
        Settings.of(
            suite,
            cell.choice(),
            cell.language(),
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    var quarantine = settings.quarantine();
    return new ExecutionStore.New(
        ids.next(),
        new ExecutionStore.Case(
            pinned.id(), pinned.version(), pinned.versionId(), pinned.definition().name()),
        pinned.definition().type().sql(),
        cell.language(),
        cell.row(),
        cell.data(),
        null,
        quarantine == null
            ? null
            : quarantine.reason()
                + " ("
                + quarantine.owner()
                + ", until "
                + quarantine.until()
                + ")",
        settings.retries().flaky() == Retries.Flaky.FAIL);
  }

  /// What the jobs of executions have in common.
  ///
  /// @param atMost so many of them at once; null: as many as the server likes
  private record Children(JobId job, RunStore.Plan plan, @Nullable Integer atMost) {}

  /// A child job for each that is tried.
  private List<ExecutionStore.New> withJobs(
      Tx tx,
      TenantId tenant,
      Children children,
      List<ExecutionStore.New> made,
      List<Cells.One> cells) {
    var plan = children.plan();
    var inputs = new ArrayList<ExecuteInput>();
    for (int i = 0; i < made.size(); i++) {
      if (cells.get(i).skip() == null) {
        inputs.add(new ExecuteInput(plan.id(), made.get(i).id()));
      }
    }
    if (inputs.isEmpty()) {
      return made;
    }
    var enqueued =
        jobs.getObject()
            .enqueueChildren(
                tx,
                new Jobs.Family(children.job(), GROUP),
                atOnce.kind(children.atMost()),
                inputs,
                EnqueueOptions.of(tenant)
                    .withPriority(urgency(plan.priority()))
                    .withLimitValue(plan.id().toString()))
            .iterator();
    var out = new ArrayList<ExecutionStore.New>();
    for (int i = 0; i < made.size(); i++) {
      var one = made.get(i);
      out.add(cells.get(i).skip() != null ? one : withJob(one, enqueued.next().value()));
    }
    return out;
  }

  private static ExecutionStore.New withJob(ExecutionStore.New one, UUID job) {
    return new ExecutionStore.New(
        one.id(),
        one.test(),
        one.type(),
        one.language(),
        one.row(),
        one.data(),
        job,
        one.quarantined(),
        one.flakyFails());
  }

  private List<Open> move(
      List<ExecutionStore.New> made, List<Cells.One> cells, boolean inline, String who) {
    var skipped = new ArrayList<Open>();
    var whys = new ArrayList<@Nullable String>();
    var tried = new ArrayList<Open>();
    for (int i = 0; i < made.size(); i++) {
      var one = new Open(made.get(i).id(), ExecutionStatus.PENDING, made.get(i).job());
      var skip = cells.get(i).skip();
      if (skip == null) {
        tried.add(one);
      } else {
        skipped.add(one);
        whys.add(skip);
      }
    }
    if (!skipped.isEmpty()) {
      executions.move(skipped, whys, ExecutionMove.SKIP, Outcome.SKIPPED, who);
    }
    if (!inline && !tried.isEmpty()) {
      executions.move(
          tried, Collections.nCopies(tried.size(), null), ExecutionMove.SCHEDULE, null, who);
    }
    return tried;
  }
}
