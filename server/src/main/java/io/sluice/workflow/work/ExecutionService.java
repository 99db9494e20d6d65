package io.sluice.workflow.work;

import io.sluice.engine.HistoryLine;
import io.sluice.engine.JobId;
import io.sluice.engine.JobView;
import io.sluice.engine.Jobs;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.workflow.ExecutionFilter;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.ExecutionRequest;
import io.sluice.workflow.ExecutionView;
import io.sluice.workflow.Executions;
import io.sluice.workflow.Json;
import io.sluice.workflow.StepView;
import io.sluice.workflow.store.ExecutionViewStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The door of executions, opened.
@Service
class ExecutionService implements Executions {
  private final ExecutionViewStore views;
  private final Versions versions;
  private final Starter starter;
  private final StepReader reader;
  private final Turner turner;
  private final Forker forker;
  private final Values values;
  private final Core core;

  ExecutionService(
      ExecutionViewStore views,
      Versions versions,
      Starter starter,
      StepReader reader,
      Turner turner,
      Forker forker,
      Values values,
      Core core) {
    this.views = views;
    this.versions = versions;
    this.starter = starter;
    this.reader = reader;
    this.turner = turner;
    this.forker = forker;
    this.values = values;
    this.core = core;
  }

  @Override
  public Started start(TenantId tenant, ExecutionRequest request) {
    var prepared = prepare(tenant, request);
    return core.transactions().in(tx -> starter.start(tx, prepared));
  }

  @Override
  public Started start(Tx tx, TenantId tenant, ExecutionRequest request) {
    return starter.start(tx, prepare(tenant, request));
  }

  @Override
  public Started startChild(Tx tx, TenantId tenant, ExecutionRequest request, Jobs.Family family) {
    if (request.key() != null) {
      throw new ExecutionProblem.BadRequest("/key", "is not for children: their parent has one");
    }
    return starter.startChild(tx, prepare(tenant, request), family);
  }

  private Starter.Prepared prepare(TenantId tenant, ExecutionRequest request) {
    return starter.prepare(tenant, versions.resolve(tenant, request.workflow()), request);
  }

  @Override
  public List<UUID> startAll(
      TenantId tenant, ExecutionRequest request, List<@Nullable Object> inputs) {
    if (request.key() != null) {
      throw new ExecutionProblem.BadRequest("/key", "names one execution, not many");
    }
    var prepared = prepare(tenant, request);
    return core.transactions().in(tx -> starter.startAll(tx, prepared, inputs));
  }

  @Override
  public Started startAdHoc(TenantId tenant, String source, ExecutionRequest request) {
    var prepared = starter.prepare(tenant, versions.keep(tenant, source), request);
    return core.transactions().in(tx -> starter.start(tx, prepared));
  }

  @Override
  public Optional<ExecutionView> await(TenantId tenant, UUID id, Duration patience) {
    find(tenant, id);
    return core.jobs().result(new JobId(id), Json.class, patience).map(_ -> get(tenant, id));
  }

  @Override
  public ExecutionView get(TenantId tenant, UUID id) {
    var view = find(tenant, id);
    var job = job(id);
    return view.with(reader.input(job).input(), values.plain(job.resultJson()));
  }

  @Override
  public ExecutionView look(TenantId tenant, UUID id) {
    return find(tenant, id);
  }

  private ExecutionView find(TenantId tenant, UUID id) {
    return views.find(tenant, id).orElseThrow(() -> new ExecutionProblem.Unknown(id));
  }

  /// The job of an execution of the tenant's.
  private JobView job(TenantId tenant, UUID id) {
    find(tenant, id);
    return job(id);
  }

  private JobView job(UUID id) {
    return core.operations().job(new JobId(id)).orElseThrow(() -> new ExecutionProblem.Unknown(id));
  }

  @Override
  public List<ExecutionView> list(
      TenantId tenant, ExecutionFilter filter, @Nullable UUID before, int limit) {
    return views.list(tenant, filter, before, limit);
  }

  @Override
  public List<StepView> steps(TenantId tenant, UUID id) {
    return reader.steps(tenant, job(tenant, id));
  }

  @Override
  public StepView step(TenantId tenant, UUID id, String step) {
    return reader.step(tenant, job(tenant, id), step);
  }

  @Override
  public List<StepView.Item> items(TenantId tenant, UUID id, String step, long from, int limit) {
    return reader.items(tenant, job(tenant, id), step, new StepReader.Page(from, limit));
  }

  @Override
  public Map<String, @Nullable Object> variables(TenantId tenant, UUID id) {
    var job = job(tenant, id);
    var input = reader.input(job);
    var steps = new LinkedHashMap<String, @Nullable Object>();
    reader
        .outputs(id)
        .forEach((step, output) -> {
          var one = new LinkedHashMap<String, @Nullable Object>();
          one.put("output", output);
          steps.put(step, one);
        });
    var variables = new LinkedHashMap<String, @Nullable Object>();
    variables.put("input", input.input());
    variables.put("context", reader.context(tenant, job));
    variables.put("steps", steps);
    variables.put("execution", execution(job, input));
    return variables;
  }

  private static Map<String, @Nullable Object> execution(JobView job, ExecutionInput input) {
    var execution = new LinkedHashMap<String, @Nullable Object>();
    execution.put("id", job.id().toString());
    execution.put("workflow", input.workflow());
    execution.put("version", input.version());
    execution.put("startedAt", input.startedAt().toString());
    return execution;
  }

  @Override
  public List<HistoryLine> transitions(TenantId tenant, UUID id) {
    find(tenant, id);
    return core.operations().history(new JobId(id));
  }

  @Override
  public ExecutionView cancel(TenantId tenant, UUID id, String who) {
    turner.cancel(tenant, find(tenant, id), who);
    return get(tenant, id);
  }

  @Override
  public ExecutionView pause(TenantId tenant, UUID id, String who) {
    turner.pause(tenant, find(tenant, id), who);
    return get(tenant, id);
  }

  @Override
  public ExecutionView resume(TenantId tenant, UUID id, String who) {
    find(tenant, id);
    turner.resume(tenant, id);
    return get(tenant, id);
  }

  @Override
  public ExecutionView retry(TenantId tenant, UUID id, String who) {
    var view = find(tenant, id);
    turner.retry(tenant, job(id), view.status(), who);
    return get(tenant, id);
  }

  @Override
  public void signal(TenantId tenant, UUID id, Address to, @Nullable Object payload) {
    turner.signal(tenant, job(tenant, id), to, payload);
  }

  @Override
  public Forked fork(TenantId tenant, UUID id, Fork fork, String who) {
    var view = find(tenant, id);
    var prepared = forker.prepare(tenant, job(id), view, fork, who);
    return core.transactions().in(tx -> forker.fork(tx, prepared));
  }

  @Override
  public Comparison compare(TenantId tenant, UUID id) {
    var fork = get(tenant, id);
    var from = fork.origin().forkedFrom();
    if (from == null) {
      throw new ExecutionProblem.NotNow(id, "is no fork: there is nothing to compare it with");
    }
    return new Comparison(fork, get(tenant, from), differences(tenant, id, from));
  }

  private List<Difference> differences(TenantId tenant, UUID id, UUID original) {
    var here = new LinkedHashMap<String, StepView.State>();
    steps(tenant, id).forEach(s -> here.put(s.id(), s.state()));
    var there = new LinkedHashMap<String, StepView.State>();
    steps(tenant, original).forEach(s -> there.put(s.id(), s.state()));
    var outputs = reader.outputs(id);
    var others = reader.outputs(original);
    var ids = new LinkedHashSet<>(here.keySet());
    ids.addAll(there.keySet());
    var differences = new ArrayList<Difference>();
    for (var step : ids) {
      var one =
          new Difference(
              step, here.get(step), there.get(step), outputs.get(step), others.get(step));
      if (one.state() != one.originalState()
          || !Objects.equals(one.output(), one.originalOutput())) {
        differences.add(one);
      }
    }
    return differences;
  }
}
