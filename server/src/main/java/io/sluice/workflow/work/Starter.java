package io.sluice.workflow.work;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobId;
import io.sluice.engine.Jobs;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.engine.UniqueKey;
import io.sluice.platform.Problem.Fault;
import io.sluice.sources.JsonSchema;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.ExecutionRequest;
import io.sluice.workflow.ExecutionRequest.Options;
import io.sluice.workflow.ExecutionView.Origin;
import io.sluice.workflow.Executions.Started;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.store.ExecutionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Starts executions: checks what they are given, then their row and their job in one transaction.
@Component
class Starter {
  /// How long a key names the execution that it started.
  private static final Duration KEY_KEPT = Duration.ofDays(7);

  private static final int MOST_LABELS = 32;
  private static final int LONGEST_LABEL = 256;
  private static final int LONGEST_KEY = 255;

  private final ExecutionStore executions;
  private final Jobs jobs;
  private final InstantSource clock;
  private final ExecutionMeters meters;

  Starter(ExecutionStore executions, Jobs jobs, InstantSource clock, ExecutionMeters meters) {
    this.executions = executions;
    this.jobs = jobs;
    this.clock = clock;
    this.meters = meters;
  }

  /// An execution that could be started.
  ///
  /// @param version what it follows
  record Prepared(TenantId tenant, Versions.Found version, ExecutionRequest request) {
    ExecutionInput input(@Nullable Object value, Instant at) {
      var origin = request.origin();
      return new ExecutionInput(
          version.id(),
          version.name(),
          version.number(),
          value,
          at,
          new ExecutionInput.Origin(
              origin.trigger(), origin.triggerId(), origin.by(), origin.parent(), null, 0),
          ExecutionInput.Overrides.NONE);
    }

    ExecutionStore.New row() {
      var options = request.options();
      return new ExecutionStore.New(
          tenant,
          version.id(),
          version.workflow(),
          version.name(),
          version.number(),
          request.origin(),
          options.labels(),
          options.runAt());
    }
  }

  /// Checks what can be checked before a transaction begins.
  Prepared prepare(TenantId tenant, Versions.Found version, ExecutionRequest request) {
    checkOptions(request.options());
    if (request.key() != null
        && (request.key().isBlank() || request.key().length() > LONGEST_KEY)) {
      throw new ExecutionProblem.BadRequest(
          "/key", "must have 1 to " + LONGEST_KEY + " characters");
    }
    return new Prepared(tenant, version, request);
  }

  private static void checkOptions(Options options) {
    var priority = options.priority();
    if (priority != null && (priority < -100 || priority > 100)) {
      throw new ExecutionProblem.BadRequest("/priority", "must be -100 to 100");
    }
    if (options.labels().size() > MOST_LABELS) {
      throw new ExecutionProblem.BadRequest("/labels", "has more than " + MOST_LABELS + " labels");
    }
    options
        .labels()
        .forEach((name, value) -> {
          if (name.isBlank() || name.length() > LONGEST_LABEL || value.length() > LONGEST_LABEL) {
            throw new ExecutionProblem.BadRequest(
                "/labels/" + name,
                "must have a name of 1 to "
                    + LONGEST_LABEL
                    + " characters, and a value of at most as many");
          }
        });
  }

  /// Checks an input against the definition's schema.
  ///
  /// @param pointer where the input stands in the request
  void check(Versions.Found version, @Nullable Object input, String pointer) {
    Map<String, @Nullable Object> schema = version.definition().inputSchema();
    if (schema == null) {
      return;
    }
    var misfits = JsonSchema.of(schema).check(input);
    if (!misfits.isEmpty()) {
      throw new ExecutionProblem.BadInput(
          "The input of workflow '" + version.name() + "'",
          misfits.stream().map(m -> new Fault(pointer + m.pointer(), m.message())).toList());
    }
  }

  /// Starts one.
  Started start(Tx tx, Prepared prepared) {
    var request = prepared.request();
    check(prepared.version(), request.input(), "/input");
    var enqueued =
        jobs.enqueue(
            tx,
            WorkflowKinds.EXECUTION,
            prepared.input(request.input(), began(request.options())),
            options(prepared));
    var id = enqueued.job().value();
    if (enqueued.created()) {
      executions.insert(tx, id, prepared.row());
      told(tx, () -> meters.started(request.origin().trigger(), 1));
    }
    return new Started(id, enqueued.created());
  }

  /// Starts one as a child of another job.
  Started startChild(Tx tx, Prepared prepared, Jobs.Family family) {
    var request = prepared.request();
    check(prepared.version(), request.input(), "/input");
    var input = prepared.input(request.input(), began(request.options()));
    var id =
        jobs.enqueueChildren(tx, family, WorkflowKinds.EXECUTION, List.of(input), options(prepared))
            .getFirst()
            .value();
    executions.insert(tx, id, prepared.row());
    told(tx, () -> meters.started(request.origin().trigger(), 1));
    return new Started(id, true);
  }

  /// Starts one for each input.
  List<UUID> startAll(Tx tx, Prepared prepared, List<@Nullable Object> inputs) {
    var at = began(prepared.request().options());
    var all = new ArrayList<ExecutionInput>(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      check(prepared.version(), inputs.get(i), "/inputs/" + i);
      all.add(prepared.input(inputs.get(i), at));
    }
    var ids =
        jobs.enqueueAll(tx, WorkflowKinds.EXECUTION, all, options(prepared)).stream()
            .map(JobId::value)
            .toList();
    executions.insertAlike(tx, ids, prepared.row());
    told(tx, () -> meters.started(prepared.request().origin().trigger(), ids.size()));
    return ids;
  }

  private static void told(Tx tx, Runnable meter) {
    if (tx.observed()) {
      tx.afterCommit(meter);
    }
  }

  /// The time limit of the whole counts from the time at which it may run.
  private Instant began(Options options) {
    var now = clock.instant();
    return options.runAt() != null && options.runAt().isAfter(now) ? options.runAt() : now;
  }

  private static EnqueueOptions options(Prepared prepared) {
    var request = prepared.request();
    var wished = request.options();
    var options = EnqueueOptions.of(prepared.tenant());
    if (wished.runAt() != null) {
      options = options.withRunAt(wished.runAt());
    }
    if (wished.priority() != null) {
      options = options.withPriority(wished.priority());
    }
    if (request.key() != null) {
      var scope = prepared.version().workflow() == null ? "" : prepared.version().workflow() + " ";
      options = options.withUniqueKey(UniqueKey.retained(scope + request.key(), KEY_KEPT));
    }
    return options;
  }

  /// Who starts a fork.
  static Origin forked(UUID original, String step, String who) {
    return new Origin("fork", null, who, null, original, step);
  }
}
