package io.sluice.testing.run.work;

import io.sluice.engine.Jobs;
import io.sluice.engine.TenantId;
import io.sluice.platform.SpringTx;
import io.sluice.testing.run.store.ExecutionStore.Open;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Carries a run out in the thread of whoever asks, one execution after the other, by the same code
/// that jobs run.
@Component
class Inline {
  private static final Logger LOG = LoggerFactory.getLogger(Inline.class);

  private final Execution execution;
  private final Plans plans;
  private final Judging judging;
  private final Ending ending;
  private final SpringTx transactions;
  private final ObjectProvider<Jobs> jobs;

  Inline(
      Execution execution,
      Plans plans,
      Judging judging,
      Ending ending,
      SpringTx transactions,
      ObjectProvider<Jobs> jobs) {
    this.execution = execution;
    this.plans = plans;
    this.judging = judging;
    this.ending = ending;
    this.transactions = transactions;
    this.jobs = jobs;
  }

  /// Carries out all, and ends the run.
  void carryOut(TenantId tenant, Scheduling.Made made, String who) {
    var ground = new Ground.Request(tenant, who, transactions);
    for (var one : made.open()) {
      carryOut(ground, one);
    }
    transactions.in(tx -> ending.complete(tx, tenant, made.run(), who));
    // It would only find that everything is done.
    jobs.getObject().cancel(made.job(), who);
  }

  private void carryOut(Ground.Request ground, Open one) {
    try {
      if (execution.carryOut(one.id(), ground).validating()) {
        validate(ground, one.id());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a run was carried out inline", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void validate(Ground.Request ground, UUID id) {
    try {
      var scored = judging.score(ground.tenant(), plans.of(ground.tenant(), id));
      transactions.in(tx -> judging.store(tx, plans.of(ground.tenant(), id), scored, ground.who()));
    } catch (RuntimeException e) {
      LOG.warn("execution {} could not be validated inline", id, e);
      transactions.in(tx -> {
        execution.unvalidated(tx, ground.tenant(), id, String.valueOf(e.getMessage()));
        return true;
      });
    }
  }
}
