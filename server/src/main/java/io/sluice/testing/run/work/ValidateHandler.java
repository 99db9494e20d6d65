package io.sluice.testing.run.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.guard.NotNow;
import io.sluice.platform.JobHandler;
import io.sluice.platform.SpringTx;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.work.Kinds.Scores;
import io.sluice.testing.run.work.Kinds.ValidateInput;
import io.sluice.testing.run.work.Kinds.ValidateReceipt;
import io.sluice.validation.ValidationResult;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Validates an execution as a job of its own, so that a service that fails for a while costs a
/// validation and not the execution.
@Component
class ValidateHandler implements JobHandler<ValidateInput, ValidateReceipt> {
  private final Kinds kinds;
  private final Plans plans;
  private final Judging judging;
  private final SpringTx transactions;

  ValidateHandler(Kinds kinds, Plans plans, Judging judging, SpringTx transactions) {
    this.kinds = kinds;
    this.plans = plans;
    this.judging = judging;
    this.transactions = transactions;
  }

  @Override
  public Kind<ValidateInput, ValidateReceipt> kind() {
    return kinds.validate();
  }

  @Override
  public ValidateReceipt run(ValidateInput input, JobContext job) {
    var execution = input.executionId();
    if (execution == null) {
      throw new RunProblem.Invalid("/executionId", "is missing: name the execution to validate");
    }
    var scored = score(execution, job);
    var id =
        job.transaction(
            "store",
            UUID.class,
            tx ->
                transactions.within(
                    tx,
                    () ->
                        judging.store(
                            tx, plans.of(job.tenant(), execution), scored, "job " + job.id())));
    return receipt(id, execution, scored.result());
  }

  /// A judge that may not be asked now is waited for; that is no failure.
  private Judging.Scored score(UUID execution, JobContext job) {
    try {
      return job.step(
          "score",
          Judging.Scored.class,
          () -> judging.score(job.tenant(), plans.of(job.tenant(), execution)));
    } catch (NotNow e) {
      throw job.park(e.until(), e.reason());
    }
  }

  private static ValidateReceipt receipt(UUID id, UUID execution, ValidationResult result) {
    return new ValidateReceipt(
        id,
        execution,
        result.confidence().movePointRight(2).doubleValue(),
        new Scores(score(result, "intent"), score(result, "entity"), score(result, "semantic")),
        result.status().sql(),
        result.passed(),
        "completed");
  }

  private static @Nullable Double score(ValidationResult result, String part) {
    return result.score(part).map(BigDecimal::doubleValue).orElse(null);
  }
}
