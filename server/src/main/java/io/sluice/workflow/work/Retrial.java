package io.sluice.workflow.work;

import io.sluice.engine.JobId;
import io.sluice.engine.JobView;
import io.sluice.engine.Operations;
import io.sluice.engine.Operations.Again;
import io.sluice.engine.TenantId;
import io.sluice.platform.SpringTx;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.Step;
import io.sluice.workflow.model.watching.Marks;
import io.sluice.workflow.store.RetryStore;
import io.sluice.workflow.store.RetryStore.Child;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Sends executions round again, and with each what it had started that has not ended well: items
/// of a FOR_EACH that failed or were cancelled, and executions that a step waited for. All of it in
/// one transaction, so that no parent sees an old failure of its child.
@Component
class Retrial {
  private static final int AT_ONCE = 500;

  private final RetryStore store;
  private final StepReader reader;
  private final Operations operations;
  private final SpringTx transactions;

  Retrial(RetryStore store, StepReader reader, Operations operations, SpringTx transactions) {
    this.store = store;
    this.reader = reader;
    this.operations = operations;
    this.transactions = transactions;
  }

  /// A job to be looked at.
  ///
  /// @param definition whose steps it runs
  private record Found(UUID job, String kind, Definition definition) {}

  /// @return false if somebody else was quicker
  boolean retry(TenantId tenant, JobView job, String who) {
    var all = new ArrayList<Again>();
    var definition = reader.version(tenant, job).definition();
    var level = List.of(new Found(job.id().value(), WorkflowKinds.EXECUTION.name(), definition));
    while (!level.isEmpty()) {
      var below = new ArrayList<Found>();
      for (int from = 0; from < level.size(); from += AT_ONCE) {
        var some = level.subList(from, Math.min(from + AT_ONCE, level.size()));
        look(tenant, some, all, below);
      }
      level = below;
    }
    return transactions.in(tx -> {
      if (!operations.retry(tx, all.subList(0, 1), who).contains(job.id())) {
        return false;
      }
      operations.retry(tx, all.subList(1, all.size()), who);
      return true;
    });
  }

  private void look(TenantId tenant, List<Found> some, List<Again> all, List<Found> below) {
    var ids = some.stream().map(Found::job).toList();
    var marks = store.marks(ids);
    var byJob = new HashMap<UUID, Found>();
    var read = new HashMap<UUID, Marks>();
    for (var found : some) {
      var own = new Marks(marks.getOrDefault(found.job(), List.of()), type(found.definition()));
      check(found, own);
      all.add(new Again(new JobId(found.job()), own.forgotten()));
      byJob.put(found.job(), found);
      read.put(found.job(), own);
    }
    for (var child : store.endedBadly(ids)) {
      var parent = byJob.get(child.parent());
      if (parent != null && concerned(parent, child, read)) {
        below.add(new Found(child.id(), child.kind(), definition(tenant, parent, child)));
      }
    }
  }

  private static java.util.function.Function<
          String, java.util.Optional<io.sluice.workflow.model.StepType>>
      type(Definition definition) {
    return id -> Tasks.find(definition, id).map(Step::type);
  }

  /// What was undone is not gone on from; an item begins anew, unless it had started others.
  private static void check(Found found, Marks marks) {
    boolean execution = found.kind().equals(WorkflowKinds.EXECUTION.name());
    for (var scope : marks.undone()) {
      if (execution && scope.isEmpty() || marks.started(scope)) {
        throw new ExecutionProblem.Compensated(found.job());
      }
    }
  }

  /// A step whose failure was handled has ended: what it had started stays as it is.
  private static boolean concerned(Found parent, Child child, Map<UUID, Marks> read) {
    if (parent.kind().equals(WorkflowKinds.FAN.name())) {
      return true;
    }
    var marks = read.get(parent.job());
    int end = child.group().lastIndexOf('#');
    return marks != null && end > 0 && !marks.done(child.group().substring(0, end));
  }

  private Definition definition(TenantId tenant, Found parent, Child child) {
    return child.kind().equals(WorkflowKinds.EXECUTION.name())
        ? operations
            .job(new JobId(child.id()))
            .map(job -> reader.version(tenant, job).definition())
            .orElse(parent.definition())
        : parent.definition();
  }
}
