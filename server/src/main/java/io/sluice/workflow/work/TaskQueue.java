package io.sluice.workflow.work;

import io.sluice.engine.Tx;
import io.sluice.platform.SpringTx;
import io.sluice.review.ReviewRequest;
import io.sluice.review.Reviews;
import io.sluice.workflow.steps.People;
import io.sluice.workflow.steps.Question;
import io.sluice.workflow.steps.StepCall;
import io.sluice.workflow.store.TaskStore;
import io.sluice.workflow.store.TaskStore.Task;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Puts the questions of steps into the review queue, and takes them out of it.
@Component
class TaskQueue implements People {
  /// Of the reviews that steps ask for; the subject is the execution.
  static final String SOURCE = "workflow";

  private final ObjectProvider<Reviews> reviews;
  private final TaskStore tasks;
  private final SpringTx transactions;

  /// @param reviews asked for when a step runs: they need the engine, which needs the steps first
  TaskQueue(ObjectProvider<Reviews> reviews, TaskStore tasks, SpringTx transactions) {
    this.reviews = reviews;
    this.tasks = tasks;
    this.transactions = transactions;
  }

  @Override
  public void ask(StepCall call, Question question) {
    call.job()
        .transaction(
            call.name() + "#asked",
            Boolean.class,
            tx -> transactions.within(tx, () -> ask(tx, call, question)));
  }

  /// @return false if the answer was there already
  private boolean ask(Tx tx, StepCall call, Question question) {
    var job = call.job().id().value();
    // Of a round of the job that has ended, and was not swept yet.
    tasks.of(job, call.path()).ifPresent(left -> forget(tx, left));
    tasks.lock(job);
    if (tasks.signalled(job, question.signal())) {
      return false;
    }
    var tenant = call.job().tenant();
    var review = reviews.getObject().ask(tx, tenant, request(call, question));
    var task =
        new Task(
            review,
            tenant,
            call.execution(),
            call.input().versionId(),
            job,
            call.path(),
            call.name(),
            question.signal(),
            false);
    tasks.put(task, call.items());
    return true;
  }

  private static ReviewRequest request(StepCall call, Question question) {
    var payload = new LinkedHashMap<String, @Nullable Object>();
    payload.put("executionId", call.execution());
    payload.put("workflow", call.input().workflow());
    payload.put("version", call.input().version());
    payload.put("step", call.step().id());
    payload.put("type", call.step().type());
    if (!call.items().isEmpty()) {
      payload.put("items", call.items());
    }
    payload.putAll(question.content());
    var asked = question.asked();
    return new ReviewRequest(
        SOURCE,
        call.execution(),
        call.input().workflow(),
        question.title(),
        asked.language(),
        new ReviewRequest.Needs(asked.nativeSpeaker(), asked.skills()),
        asked.priority(),
        null,
        payload,
        null);
  }

  @Override
  public boolean close(StepCall call) {
    return call.job()
        .transaction(
            call.name() + "#closed",
            Boolean.class,
            tx -> transactions.within(tx, () -> close(tx, call)));
  }

  private boolean close(Tx tx, StepCall call) {
    var found = tasks.of(call.job().id().value(), call.path());
    return found.isPresent() && !forget(tx, found.get());
  }

  /// @return false if it was answered
  boolean forget(Tx tx, Task task) {
    boolean open = reviews.getObject().close(tx, task.tenant(), task.review());
    tasks.remove(task.review());
    return open;
  }
}
