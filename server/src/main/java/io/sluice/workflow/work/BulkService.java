package io.sluice.workflow.work;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.IdSource;
import io.sluice.engine.JobId;
import io.sluice.engine.JobView;
import io.sluice.engine.TenantId;
import io.sluice.platform.Digests;
import io.sluice.workflow.BulkExecutions;
import io.sluice.workflow.ExecutionFilter;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.ExecutionStatus;
import io.sluice.workflow.store.ExecutionViewStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/// Counts, then has a job do it. What was counted is confirmed by a token that says what it was of:
/// nothing is kept between the two calls.
@Service
class BulkService implements BulkExecutions {
  private static final List<ExecutionStatus> OPEN =
      List.of(
          ExecutionStatus.PENDING,
          ExecutionStatus.QUEUED,
          ExecutionStatus.RUNNING,
          ExecutionStatus.WAITING);
  private static final List<ExecutionStatus> BAD =
      List.of(ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT);
  private static final List<ExecutionStatus> SHORT_OF_DONE =
      List.of(ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT, ExecutionStatus.CANCELLED);

  private final ExecutionViewStore views;
  private final Core core;
  private final Values values;
  private final IdSource ids;
  private final JsonMapper mapper;

  BulkService(ExecutionViewStore views, Core core, Values values, IdSource ids, JsonMapper mapper) {
    this.views = views;
    this.core = core;
    this.values = values;
    this.ids = ids;
    this.mapper = mapper;
  }

  @Override
  public Counted count(TenantId tenant, Action action, ExecutionFilter filter) {
    var last = ids.next();
    var sharpened = sharpen(action, filter);
    long matched = sharpened.statuses().isEmpty() ? 0 : views.count(tenant, sharpened, last);
    return new Counted(action, matched, token(action, sharpened, last, matched));
  }

  /// Only those to which it can be done.
  private static ExecutionFilter sharpen(Action action, ExecutionFilter filter) {
    var allowed =
        switch (action) {
          case CANCEL, PAUSE, RESUME -> OPEN;
          case RETRY -> SHORT_OF_DONE;
          case REDRIVE -> BAD;
        };
    var wanted =
        filter.statuses().isEmpty()
            ? allowed
            : filter.statuses().stream().filter(allowed::contains).toList();
    if (filter.statuses().isEmpty() || !wanted.isEmpty()) {
      return filter.in(wanted);
    }
    throw new ExecutionProblem.BadRequest(
        "/filter/status",
        "has none that can be "
            + action.json()
            + (action == Action.PAUSE || action == Action.RESUME || action == Action.RETRY
                ? "d"
                : "ed")
            + "; those are "
            + allowed.stream().map(ExecutionStatus::sql).toList());
  }

  private String token(Action action, ExecutionFilter filter, UUID last, long matched) {
    var text = last + " " + matched + " " + fingerprint(action, filter);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String fingerprint(Action action, ExecutionFilter filter) {
    return Digests.sha256(action + " " + mapper.writeValueAsString(filter));
  }

  @Override
  public Bulk run(
      TenantId tenant, Action action, ExecutionFilter filter, Confirmation confirmation) {
    var sharpened = sharpen(action, filter);
    var counted = read(confirmation);
    if (!counted[2].equals(fingerprint(action, sharpened))) {
      throw new ExecutionProblem.NotConfirmed();
    }
    var wish =
        new BulkKind.Wish(
            action,
            sharpened,
            UUID.fromString(counted[0]),
            Long.parseLong(counted[1]),
            confirmation.who());
    var job = core.jobs().enqueue(BulkKind.KIND, wish, EnqueueOptions.of(tenant)).job();
    return get(tenant, job.value());
  }

  private static String[] read(Confirmation confirmation) {
    try {
      var bytes = Base64.getUrlDecoder().decode(String.valueOf(confirmation.confirm()));
      var parts = new String(bytes, StandardCharsets.UTF_8).split(" ", 3);
      if (parts.length == 3 && parts[0].length() == 36 && parts[1].matches("\\d{1,18}")) {
        return parts;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new ExecutionProblem.NotConfirmed();
  }

  @Override
  public Bulk get(TenantId tenant, UUID id) {
    return core.operations()
        .job(new JobId(id))
        .filter(j -> j.tenant().equals(tenant) && j.kind().equals(BulkKind.KIND.name()))
        .map(this::shown)
        .orElseThrow(() -> new ExecutionProblem.Unknown(id));
  }

  private Bulk shown(JobView job) {
    var wish = values.read(job.inputJson(), BulkKind.Wish.class).orElseThrow();
    var done = values.read(job.resultJson(), BulkKind.Done.class);
    return new Bulk(
        job.id().value(),
        wish.action(),
        Statuses.of(job),
        wish.matched(),
        done.map(BulkKind.Done::looked).orElse(job.progressDone()),
        done.map(BulkKind.Done::changed).orElse(null));
  }
}
