package io.sluice.testing.runners;

import io.sluice.engine.JobContext;
import io.sluice.platform.SpringTx;
import io.sluice.review.ReviewRequest;
import io.sluice.review.Reviews;
import io.sluice.review.Verdict;
import io.sluice.testing.CaseType;
import io.sluice.testing.model.Expansion.Bound;
import io.sluice.testing.model.ManualStep;
import io.sluice.testing.run.DurableRunner;
import io.sluice.testing.run.ExecutionPlan;
import io.sluice.testing.run.Outcome;
import io.sluice.testing.run.Trace;
import io.sluice.testing.run.Trace.StepStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Asks a person with the skill `manual` to take the steps, and waits for what they say, for days
/// if need be: nothing is held meanwhile.
@Component
final class ManualRunner implements DurableRunner {
  /// Of the reviews that it asks for; the subject is the execution.
  static final String SOURCE = "manual-test";

  /// By which the verdict comes.
  static final String SIGNAL = "verdict";

  private static final String SKILL = "manual";
  private static final int PRIORITY = 5;

  private final ObjectProvider<Reviews> reviews;
  private final SpringTx transactions;

  ManualRunner(ObjectProvider<Reviews> reviews, SpringTx transactions) {
    this.reviews = reviews;
    this.transactions = transactions;
  }

  /// What the person said.
  record Said(Verdict verdict, @Nullable String note, @Nullable UUID reviewer) {}

  @Override
  public CaseType type() {
    return CaseType.MANUAL;
  }

  /// People are not asked again because they said no.
  @Override
  public boolean repeats() {
    return false;
  }

  @Override
  public Result run(ExecutionPlan plan, Trace trace, JobContext job) {
    var steps = steps(plan);
    job.transaction(
        "asked",
        UUID.class,
        tx ->
            transactions.within(
                tx, () -> reviews.getObject().ask(tx, plan.tenant(), question(plan, steps))));
    var said = job.await(SIGNAL, Said.class);
    for (var step : steps) {
      trace.add(
          new Trace.Step(
              String.valueOf(step.get("instruction")),
              said.verdict() == Verdict.PASS ? StepStatus.PASSED : StepStatus.INFO,
              said.note(),
              trace.now(),
              Duration.ZERO,
              step));
    }
    return result(said);
  }

  private static Result result(Said said) {
    var kept = new LinkedHashMap<String, @Nullable Object>();
    kept.put("verdict", said.verdict().sql());
    kept.put("note", said.note());
    kept.put("reviewerId", said.reviewer() == null ? null : said.reviewer().toString());
    return switch (said.verdict()) {
      case PASS -> Result.passed(kept, Map.of(), null);
      case FAIL ->
          Result.failed(
              "A person has found it wrong" + (said.note() == null ? "" : ": " + said.note()),
              null,
              kept);
      case EDGE_CASE ->
          new Result(
              Outcome.SKIPPED,
              "A person has found it an edge case"
                  + (said.note() == null ? "" : ": " + said.note()),
              null,
              kept,
              Map.of(),
              null);
    };
  }

  private static List<Map<String, @Nullable Object>> steps(ExecutionPlan plan) {
    var out = new ArrayList<Map<String, @Nullable Object>>();
    for (Bound bound : plan.steps()) {
      if (!(bound.step() instanceof ManualStep step)) {
        throw new CaseError("WRONG_STEP", "Step " + bound.id() + " is not for a person", null);
      }
      var document = bound.scope(plan.document(Map.of()));
      var one = new LinkedHashMap<String, @Nullable Object>();
      one.put("step", bound.id());
      one.put("instruction", step.instruction().render(document));
      one.put("expect", step.expect() == null ? null : step.expect().render(document));
      out.add(one);
    }
    return out;
  }

  private static ReviewRequest question(
      ExecutionPlan plan, List<Map<String, @Nullable Object>> steps) {
    var test = plan.test();
    var skills = new HashSet<>(test.people().skills());
    skills.add(SKILL);
    var payload = new LinkedHashMap<String, @Nullable Object>();
    payload.put("testRunId", plan.ids().run());
    payload.put("executionId", plan.ids().execution());
    payload.put("testCaseName", test.name());
    payload.put("languageCode", plan.language());
    payload.put("data", plan.cell().data());
    payload.put("preconditions", test.about().preconditions());
    payload.put("steps", steps);
    payload.put("postconditions", test.about().postconditions());
    return new ReviewRequest(
        SOURCE,
        plan.ids().execution(),
        null,
        test.name(),
        plan.language(),
        new ReviewRequest.Needs(test.people().nativeSpeaker(), skills),
        PRIORITY,
        null,
        payload,
        null);
  }
}
