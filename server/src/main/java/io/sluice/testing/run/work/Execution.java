package io.sluice.testing.run.work;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.Jobs;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.guard.NotNow;
import io.sluice.testing.run.Outcome;
import io.sluice.testing.run.model.ExecutionMove;
import io.sluice.testing.run.model.Judged;
import io.sluice.testing.run.store.ExecutionStore;
import io.sluice.testing.run.store.StepStore;
import io.sluice.testing.run.work.Kinds.ValidateInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Carries an execution out: taken up, attempted until it passes or no attempt is left, ended.
@Component
class Execution {
  /// So many steps do not lie in the execution's row.
  private static final int NOT_SHORT = 50;

  private final Plans plans;
  private final Attempts attempts;
  private final ExecutionStore executions;
  private final StepStore steps;
  private final Announcements announcements;
  private final ObjectProvider<Jobs> jobs;
  private final Kinds kinds;
  private final ChainMetrics metrics;
  private final JsonMapper json;

  Execution(
      Plans plans,
      Attempts attempts,
      ExecutionStore executions,
      StepStore steps,
      Announcements announcements,
      ObjectProvider<Jobs> jobs,
      Kinds kinds,
      ChainMetrics metrics,
      JsonMapper json) {
    this.plans = plans;
    this.attempts = attempts;
    this.executions = executions;
    this.steps = steps;
    this.announcements = announcements;
    this.jobs = jobs;
    this.kinds = kinds;
    this.metrics = metrics;
    this.json = json;
  }

  /// How it ended.
  ///
  /// @param mine false: somebody ended it meanwhile
  /// @param validating whether its validation is still to come
  record Ended(boolean mine, boolean validating) {
    static final Ended NOT_MINE = new Ended(false, false);
  }

  /// Carries an execution out.
  Ended carryOut(UUID id, Ground ground) throws Exception {
    var whole = plans.of(ground.tenant(), id);
    boolean begun =
        ground.transaction("begin", Boolean.class, tx -> begin(tx, whole, ground.who()));
    if (!begun) {
      return Ended.NOT_MINE;
    }
    var made = new ArrayList<Attempts.End>();
    int most = attempts.most(whole.plan());
    do {
      try {
        made.add(attempts.make(whole.plan().attempt(made.size() + 1), ground));
      } catch (TraceWriter.Taken _) {
        return Ended.NOT_MINE;
      } catch (NotNow e) {
        throw sneak(ground.later(e.until(), e.reason(), e));
      }
    } while (!made.getLast().good() && made.size() < most);
    return ground.transaction("end", Ended.class, tx -> end(tx, whole, made, ground));
  }

  private boolean begin(Tx tx, Plans.Whole whole, String who) {
    boolean begun = executions.begin(whole.row().id(), attempts.estimate(whole.plan()), who);
    if (begun) {
      announce(tx, whole.row(), "running", null);
    }
    return begun;
  }

  /// The result, the outcome, the history and the validation's job: one commit.
  private Ended end(Tx tx, Plans.Whole whole, List<Attempts.End> made, Ground ground) {
    var last = made.getLast();
    var id = whole.row().id();
    boolean validating =
        last.outcome() == Outcome.PASSED && last.observed() && whole.wanted() != null;
    var outcome = validating ? null : outcome(made);
    var end =
        new ExecutionStore.End(
            id,
            ExecutionMove.ending(last.status()),
            outcome,
            last.error(),
            made.size(),
            json.writeValueAsString(last.result()),
            last.code(),
            last.error(),
            last.detail(),
            validating);
    if (!executions.end(end, ground.who())) {
      return Ended.NOT_MINE;
    }
    made.forEach(attempt -> steps.attempt(stored(id, attempt)));
    steps.compact(id, NOT_SHORT);
    if (validating && ground instanceof Ground.Job job) {
      enqueueValidation(tx, job, id);
    }
    announce(tx, whole.row(), end.move().to().sql(), outcome);
    metrics.executed(
        whole.plan().test().type().sql(),
        end.move().to().sql(),
        outcome == null ? "undecided" : outcome.sql());
    metrics.decided("runner", outcome);
    return new Ended(true, validating);
  }

  private void enqueueValidation(Tx tx, Ground.Job ground, UUID execution) {
    jobs.getObject()
        .enqueueChildren(
            tx,
            ground.validation(),
            kinds.validate(),
            List.of(new ValidateInput(execution)),
            EnqueueOptions.of(ground.tenant()));
  }

  private static Outcome outcome(List<Attempts.End> made) {
    var last = made.getLast().outcome();
    return last == Outcome.PASSED ? Judged.passed(made.size()) : last;
  }

  private static StepStore.Attempt stored(UUID execution, Attempts.End end) {
    return new StepStore.Attempt(
        execution,
        end.attempt(),
        end.status().sql(),
        end.outcome().sql(),
        end.code(),
        end.error(),
        end.detail(),
        end.startedAt(),
        end.tookMs());
  }

  /// Says that its validation has failed for good.
  void unvalidated(Tx tx, TenantId tenant, UUID id, String why) {
    var row = plans.of(tenant, id).row();
    if (row.validationState().equals("pending")) {
      executions.judge(
          id,
          new ExecutionStore.Judgement(
              Outcome.ERROR, "It could not be validated: " + why, "failed", false, null));
      announce(tx, row, row.status().sql(), Outcome.ERROR);
      metrics.decided("validation", Outcome.ERROR);
    }
  }

  private void announce(Tx tx, ExecutionStore.Row row, String status, @Nullable Outcome outcome) {
    var payload = new LinkedHashMap<String, Object>();
    payload.put("executionId", row.id());
    payload.put("testCaseId", row.test().id());
    payload.put("testCaseName", row.test().name());
    payload.put("languageCode", row.language());
    payload.put("row", row.row());
    payload.put("status", status);
    if (outcome != null) {
      payload.put("outcome", outcome.sql());
    }
    announcements.tell(tx, row.tenant(), row.run(), "test.execution." + status, payload);
  }

  @SuppressWarnings("unchecked") // unwinds with whatever it is
  private static <T extends Throwable> RuntimeException sneak(Throwable failure) throws T {
    throw (T) failure;
  }
}
