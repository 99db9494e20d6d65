package io.sluice.workflow.work;

import io.sluice.engine.JobId;
import io.sluice.engine.Jobs;
import io.sluice.engine.Tx;
import io.sluice.platform.Problem.Fault;
import io.sluice.platform.SpringTx;
import io.sluice.review.ReviewProblem;
import io.sluice.review.Reviews;
import io.sluice.review.Verdict;
import io.sluice.review.VerdictListener;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.HumanTasks;
import io.sluice.workflow.Signals;
import io.sluice.workflow.store.TaskStore;
import io.sluice.workflow.store.TaskStore.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Hands answers to the steps that wait for them, one to each: a verdict of the review queue in the
/// transaction that makes it, or a signal, in the one that takes the question out of the queue.
@Component
class TaskAnswers implements VerdictListener {
  private final TaskStore tasks;
  private final HumanTasks forms;
  private final ObjectProvider<Reviews> reviews;
  private final ObjectProvider<Jobs> jobs;
  private final SpringTx transactions;
  private final JsonMapper json;

  TaskAnswers(
      TaskStore tasks,
      HumanTasks forms,
      ObjectProvider<Reviews> reviews,
      ObjectProvider<Jobs> jobs,
      SpringTx transactions,
      JsonMapper json) {
    this.tasks = tasks;
    this.forms = forms;
    this.reviews = reviews;
    this.jobs = jobs;
    this.transactions = transactions;
    this.json = json;
  }

  @Override
  public String source() {
    return TaskQueue.SOURCE;
  }

  @Override
  public void decided(Tx tx, Decided decided) {
    var task = tasks.of(decided.review()).orElseThrow(() -> over(decided.subject()));
    @Nullable Object labels =
        decided.labelsJson() == null ? null : json.readValue(decided.labelsJson(), Object.class);
    if (decided.verdict() == Verdict.PASS) {
      check(task, labels == null ? java.util.Map.of() : labels, "/labels");
    }
    if (!tasks.answer(task.review(), "review")) {
      throw new ExecutionProblem.Answered(task.step());
    }
    var verdict = new LinkedHashMap<String, @Nullable Object>();
    verdict.put("verdict", decided.verdict().sql());
    verdict.put("note", decided.note());
    verdict.put("reviewerId", decided.reviewer() == null ? null : decided.reviewer().toString());
    verdict.put("reviewId", decided.review().toString());
    send(tx, task, new Signals.Payload(labels, verdict));
  }

  @Override
  public void undone(Tx tx, Decided decided) {
    throw new ReviewProblem.HandedOver(
        decided.review(),
        "execution "
            + decided.subject()
            + " has gone on with it. Fork the execution from that step");
  }

  /// Answers the task of a step by a signal.
  ///
  /// @return false if it does not wait, as far as the queue knows
  boolean signal(UUID execution, String step, List<Integer> items, @Nullable Object payload) {
    var waits = tasks.of(execution, step, items);
    if (waits.isEmpty()) {
      return false;
    }
    var task = waits.get();
    check(task, payload, "");
    transactions.in(tx -> {
      if (!reviews.getObject().close(tx, task.tenant(), task.review())
          || !tasks.answer(task.review(), "signal")) {
        throw new ExecutionProblem.Answered(task.step());
      }
      send(tx, task, new Signals.Payload(payload));
      return true;
    });
    return true;
  }

  /// Sends the answer to a task whose question nobody has asked yet; it is kept for it.
  ///
  /// @return false if it was asked meanwhile: nothing was sent
  boolean early(JobId job, String step, String signal, @Nullable Object payload) {
    return transactions.in(tx -> {
      tasks.lock(job.value());
      if (tasks.of(job.value(), step).isPresent()) {
        return false;
      }
      if (tasks.closed(job.value(), step)) {
        throw new ExecutionProblem.Answered(step);
      }
      if (!jobs.getObject().signal(tx, job, signal, new Signals.Payload(payload))) {
        throw over(job.value());
      }
      return true;
    });
  }

  private void send(Tx tx, Task task, Signals.Payload payload) {
    if (!jobs.getObject().signal(tx, new JobId(task.job()), task.signal(), payload)) {
      throw over(task.execution());
    }
  }

  /// @param pointer where the answer stands in the request
  private void check(Task task, @Nullable Object answer, String pointer) {
    check(task.version(), task.path(), answer, pointer);
  }

  void check(UUID version, String path, @Nullable Object answer, String pointer) {
    var misfits = forms.check(version, path, answer);
    if (!misfits.isEmpty()) {
      throw new ExecutionProblem.BadInput(
          "The answer to task '" + Tasks.stepOf(path) + "'",
          misfits.stream().map(m -> new Fault(pointer + m.pointer(), m.detail())).toList());
    }
  }

  private static ExecutionProblem over(UUID execution) {
    return new ExecutionProblem.NotNow(execution, "has ended: nobody waits for an answer");
  }
}
