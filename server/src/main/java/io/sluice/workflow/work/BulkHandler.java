package io.sluice.workflow.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.engine.TenantId;
import io.sluice.platform.JobHandler;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.Executions;
import io.sluice.workflow.store.ExecutionStore;
import io.sluice.workflow.store.ExecutionViewStore;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Goes through executions in batches, oldest first. A crash repeats the batch that it cut short:
/// what was done to an execution already can not be done again, and is not counted as changed.
@Component
class BulkHandler implements JobHandler<BulkKind.Wish, BulkKind.Done> {
  private static final int BATCH = 200;

  private final ExecutionViewStore views;
  private final ExecutionStore executions;
  private final ObjectProvider<Executions> door;

  /// @param door asked for when a job runs: it needs the engine, which needs this handler first
  BulkHandler(
      ExecutionViewStore views, ExecutionStore executions, ObjectProvider<Executions> door) {
    this.views = views;
    this.executions = executions;
    this.door = door;
  }

  @Override
  public Kind<BulkKind.Wish, BulkKind.Done> kind() {
    return BulkKind.KIND;
  }

  @Override
  public BulkKind.Done run(BulkKind.Wish wish, JobContext job) {
    long looked = 0;
    long changed = 0;
    @Nullable UUID after = null;
    for (int n = 0; ; n++) {
      @Nullable UUID from = after;
      var batch =
          job.step("batch " + n, BulkKind.Batch.class, () -> batch(job.tenant(), wish, from));
      looked += batch.looked();
      changed += batch.changed();
      job.progress(looked, Math.max(wish.matched(), looked));
      if (batch.last() == null) {
        return new BulkKind.Done(looked, changed);
      }
      after = batch.last();
    }
  }

  private BulkKind.Batch batch(TenantId tenant, BulkKind.Wish wish, @Nullable UUID after) {
    var ids =
        views.ids(tenant, wish.filter(), new ExecutionViewStore.Span(after, wish.last()), BATCH);
    long changed = 0;
    for (var id : ids) {
      changed += change(tenant, wish, id) ? 1 : 0;
    }
    return new BulkKind.Batch(ids.size() < BATCH ? null : ids.getLast(), ids.size(), changed);
  }

  /// @return false if the execution does not allow it any more
  private boolean change(TenantId tenant, BulkKind.Wish wish, UUID id) {
    try {
      switch (wish.action()) {
        case CANCEL -> door.getObject().cancel(tenant, id, wish.who());
        case PAUSE -> {
          return executions.hold(tenant, id, wish.who());
        }
        case RESUME -> door.getObject().resume(tenant, id, wish.who());
        case RETRY, REDRIVE -> door.getObject().retry(tenant, id, wish.who());
      }
      return true;
    } catch (ExecutionProblem.NotNow | ExecutionProblem.Unknown | ExecutionProblem.Compensated e) {
      return false;
    }
  }
}
