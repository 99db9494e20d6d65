package io.sluice.testing.run.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.Tx;
import io.sluice.review.VerdictListener;
import io.sluice.testing.run.ValidationView;
import io.sluice.testing.run.model.Judged;
import io.sluice.testing.run.store.ExecutionStore;
import io.sluice.testing.run.store.RevisionStore;
import io.sluice.validation.ReviewStatus;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Verdicts reach validation, execution and run in the transaction that makes them.
@Component
class VerdictsOnValidations implements VerdictListener {
  /// Of the reviews that validations ask for.
  static final String SOURCE = "validation";

  private final Judging.Stores stores;
  private final Announcements announcements;
  private final ChainMetrics metrics;
  private final IdSource ids;

  VerdictsOnValidations(
      Judging.Stores stores, Announcements announcements, ChainMetrics metrics, IdSource ids) {
    this.stores = stores;
    this.announcements = announcements;
    this.metrics = metrics;
    this.ids = ids;
  }

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public void decided(Tx tx, Decided decided) {
    stores
        .validations()
        .find(decided.tenant(), decided.subject())
        .ifPresent(validation -> {
          boolean over = over(validation);
          stores.validations().decide(validation.validationId(), decided);
          apply(tx, decided, validation, new Change("verdict", over));
        });
  }

  @Override
  public void undone(Tx tx, Decided decided) {
    stores
        .validations()
        .find(decided.tenant(), decided.subject())
        .ifPresent(validation -> {
          boolean over = over(validation);
          stores.validations().undo(validation.validationId());
          apply(tx, decided, validation, new Change("undone", over));
        });
  }

  /// Locked before anything else, as everybody does.
  private boolean over(ValidationView validation) {
    return !stores.runs().status(validation.testRunId()).equals("running");
  }

  /// @param over whether the run has ended, so that its result is revised
  private record Change(String cause, boolean over) {}

  private void apply(Tx tx, Decided decided, ValidationView validation, Change change) {
    var row = stores.executions().row(decided.tenant(), validation.executionId()).orElseThrow();
    if (!validation.validationId().equals(row.validation())) {
      return; // another validation holds by now
    }
    var judged =
        change.cause().equals("verdict")
            ? Judged.by(decided.verdict(), row.attempts())
            : Judged.by(ReviewStatus.of(validation.reviewStatus()), row.attempts());
    var before =
        stores
            .executions()
            .judge(
                row.id(),
                new ExecutionStore.Judgement(
                    judged.outcome(),
                    reason(decided, change),
                    "done",
                    judged.reviewPending(),
                    null))
            .orElse("");
    var to = judged.outcome() == null ? null : judged.outcome().sql();
    if (change.over()) {
      stores
          .revisions()
          .add(
              new RevisionStore.New(
                  ids.next(),
                  row.run(),
                  change.cause(),
                  row.id(),
                  before.isEmpty() ? null : before,
                  to,
                  who(decided),
                  decided.note()));
    }
    metrics.decided("verdict", judged.outcome());
    announce(tx, decided, row, to);
  }

  private static String who(Decided decided) {
    return decided.reviewer() == null
        ? "review " + decided.reusedFrom()
        : "reviewer " + decided.reviewer();
  }

  private static String reason(Decided decided, Change change) {
    if (change.cause().equals("undone")) {
      return "the verdict was undone";
    }
    return "verdict: "
        + decided.verdict().sql()
        + (decided.reusedFrom() == null ? "" : ", taken over from an identical outcome")
        + (decided.note() == null ? "" : " (" + decided.note() + ")");
  }

  private void announce(Tx tx, Decided decided, ExecutionStore.Row row, @Nullable String outcome) {
    var payload = new LinkedHashMap<String, Object>();
    payload.put("executionId", row.id());
    payload.put("validationId", decided.subject());
    payload.put("reviewId", decided.review());
    payload.put("testCaseName", row.test().name());
    payload.put("languageCode", row.language());
    payload.put("verdict", decided.verdict().sql());
    if (outcome != null) {
      payload.put("outcome", outcome);
    }
    announcements.tell(tx, row.tenant(), row.run(), "test.execution.decided", payload);
  }
}
