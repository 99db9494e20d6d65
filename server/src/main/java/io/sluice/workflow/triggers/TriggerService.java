package io.sluice.workflow.triggers;

import io.sluice.engine.IdSource;
import io.sluice.engine.Operations;
import io.sluice.engine.TenantId;
import io.sluice.platform.SpringTx;
import io.sluice.webhooks.Verification;
import io.sluice.workflow.FiringOutcome;
import io.sluice.workflow.FiringView;
import io.sluice.workflow.TriggerDraft;
import io.sluice.workflow.TriggerProblem;
import io.sluice.workflow.TriggerType;
import io.sluice.workflow.TriggerView;
import io.sluice.workflow.Triggers;
import io.sluice.workflow.triggers.model.Cause;
import io.sluice.workflow.triggers.model.DraftRules;
import io.sluice.workflow.triggers.model.Endpoints;
import io.sluice.workflow.triggers.store.FiringStore;
import io.sluice.workflow.triggers.store.TriggerRow;
import io.sluice.workflow.triggers.store.TriggerStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/// The door of triggers, opened.
@Service
class TriggerService implements Triggers {
  private static final Duration KEEP = Duration.ofDays(1);

  private final TriggerStore triggers;
  private final FiringStore history;
  private final Firings firings;
  private final TriggerDrafts drafts;
  private final HookSecrets secrets;
  private final Operations operations;
  private final SpringTx transactions;
  private final Ground ground;

  TriggerService(
      TriggerStore triggers,
      FiringStore history,
      Firings firings,
      TriggerDrafts drafts,
      HookSecrets secrets,
      Operations operations,
      SpringTx transactions,
      IdSource ids,
      InstantSource clock) {
    this.triggers = triggers;
    this.history = history;
    this.firings = firings;
    this.drafts = drafts;
    this.secrets = secrets;
    this.operations = operations;
    this.transactions = transactions;
    this.ground = new Ground(ids, clock);
  }

  /// Ids and time.
  private record Ground(IdSource ids, InstantSource clock) {}

  @Override
  public TriggerView create(TenantId tenant, TriggerDraft draft) {
    var checked = drafts.checked(tenant, draft, List.of());
    var key = new TriggerStore.Key(tenant, ground.ids().next());
    var said = checked.said();
    boolean hook = said.type() == TriggerType.WEBHOOK;
    var token = hook ? secrets.token() : null;
    transactions.in(tx -> {
      triggers.insert(key, said, token == null ? null : HookSecrets.hash(token));
      if (hook) {
        secrets.put(key.id(), checked.secrets());
      }
      drafts.schedule(tx, row(key));
      return true;
    });
    return view(row(key)).with(token == null ? null : address(token), checked.shown());
  }

  private static String address(String token) {
    return "/api/v1/hooks/" + token;
  }

  private TriggerRow row(TriggerStore.Key key) {
    return triggers.find(key).orElseThrow(() -> new TriggerProblem.Unknown(key.id()));
  }

  private TriggerView view(TriggerRow row) {
    var said = row.said();
    var next =
        said.type() == TriggerType.SCHEDULE && row.enabled()
            ? operations.nextFiring(row.schedule()).orElse(null)
            : null;
    return new TriggerView(
        row.id(),
        row.name(),
        said.description(),
        Objects.requireNonNull(said.type()),
        Objects.requireNonNull(said.workflow()),
        said.version(),
        said.alias(),
        said.input(),
        row.enabled(),
        said.schedule(),
        said.webhook(),
        said.event(),
        next,
        row.revision(),
        row.createdAt(),
        row.updatedAt(),
        null,
        null);
  }

  @Override
  public List<TriggerView> list(TenantId tenant, Filter filter, @Nullable UUID before, int limit) {
    return triggers.list(tenant, filter, before, limit).stream().map(this::view).toList();
  }

  @Override
  public TriggerView get(TenantId tenant, UUID id) {
    return view(row(new TriggerStore.Key(tenant, id)));
  }

  @Override
  public TriggerView update(
      TenantId tenant, UUID id, @Nullable Integer revision, TriggerDraft draft) {
    var key = new TriggerStore.Key(tenant, id);
    var old = row(key);
    var checked = drafts.checked(tenant, drafts.sameType(old, draft), secretsOf(old));
    transactions.in(tx -> {
      locked(key, revision);
      triggers.update(key, checked.said());
      if (checked.said().type() == TriggerType.WEBHOOK && checked.renewed()) {
        secrets.put(id, checked.secrets());
      }
      drafts.schedule(tx, row(key));
      return true;
    });
    return view(row(key)).with(null, checked.shown());
  }

  private List<String> secretsOf(TriggerRow row) {
    return row.said().type() == TriggerType.WEBHOOK ? secrets.valid(row.id()) : List.of();
  }

  private TriggerRow locked(TriggerStore.Key key, @Nullable Integer revision) {
    var row = triggers.lock(key, true).orElseThrow(() -> new TriggerProblem.Unknown(key.id()));
    if (revision != null && revision != row.revision()) {
      throw new TriggerProblem.Changed(key.id());
    }
    return row;
  }

  @Override
  public TriggerView enable(TenantId tenant, UUID id, boolean enabled) {
    var key = new TriggerStore.Key(tenant, id);
    transactions.in(tx -> {
      var row = locked(key, null);
      if (row.enabled() != enabled) {
        triggers.update(key, row.said().withEnabled(enabled));
        drafts.schedule(tx, row(key));
      }
      return true;
    });
    return view(row(key));
  }

  @Override
  public void delete(TenantId tenant, UUID id, @Nullable Integer revision) {
    var key = new TriggerStore.Key(tenant, id);
    transactions.in(tx -> {
      var row = locked(key, revision);
      triggers.delete(key);
      operations.unschedule(tx, row.schedule());
      return true;
    });
  }

  @Override
  public TriggerView rotate(TenantId tenant, UUID id, Rotation rotation) {
    var key = new TriggerStore.Key(tenant, id);
    var row = row(key);
    var rule = row.said().webhook();
    if (rule == null) {
      throw notPossible(row, TriggerType.WEBHOOK);
    }
    var token = Boolean.TRUE.equals(rotation.address()) ? secrets.token() : null;
    var verification = Endpoints.verification(rule);
    var secret = verification == Verification.NONE ? null : drafts.secret(row, rotation.secret());
    transactions.in(tx -> {
      locked(key, null);
      if (secret != null) {
        secrets.rotate(id, secret, Objects.requireNonNullElse(rotation.keepOld(), KEEP));
      }
      if (token != null) {
        triggers.token(id, HookSecrets.hash(token));
      }
      return true;
    });
    boolean made = secret != null && rotation.secret() == null;
    return view(row(key))
        .with(token == null ? null : address(token), made ? List.of(secret) : null);
  }

  private static TriggerProblem notPossible(TriggerRow row, TriggerType wanted) {
    return new TriggerProblem.NotPossible(
        row.id(), Objects.requireNonNull(row.said().type()), wanted);
  }

  @Override
  public FiringView fire(TenantId tenant, UUID id, Push push) {
    var key = new TriggerStore.Key(tenant, id);
    if (!row(key).enabled()) {
      throw new TriggerProblem.Disabled(id);
    }
    var name = push.key() == null ? ground.ids().next().toString() : push.key();
    var cause = Cause.person("manual:" + name, push.who(), ground.clock().instant(), push.input());
    var fired = fired(key, cause);
    if (fired == null) {
      throw new TriggerProblem.Unknown(id);
    }
    if (fired.outcome() != FiringOutcome.STARTED) {
      throw new TriggerProblem.NotStarted(id, fired.reason());
    }
    return fired;
  }

  /// Of two pushes with one key at once, the second finds what the first one did.
  private @Nullable FiringView fired(TriggerStore.Key key, Cause cause) {
    try {
      return transactions.in(tx -> firings.fire(tx, key, cause, null).orElse(null));
    } catch (DuplicateKeyException _) {
      return transactions.in(tx -> firings.fire(tx, key, cause, null).orElse(null));
    }
  }

  @Override
  public List<FiringView> firings(TenantId tenant, UUID id, FiringFilter filter, int limit) {
    return history.list(row(new TriggerStore.Key(tenant, id)).id(), filter, limit);
  }

  @Override
  public List<Instant> next(TenantId tenant, UUID id, @Nullable Instant after, int count) {
    var row = row(new TriggerStore.Key(tenant, id));
    var rule = row.said().schedule();
    if (rule == null) {
      throw notPossible(row, TriggerType.SCHEDULE);
    }
    var rhythm = DraftRules.rhythm(rule);
    var first =
        after == null ? operations.nextFiring(row.schedule()) : java.util.Optional.<Instant>empty();
    if (first.isEmpty()) {
      var from = after == null ? ground.clock().instant() : after;
      return operations.upcoming(rhythm, from, count);
    }
    var times = new ArrayList<Instant>();
    times.add(first.get());
    times.addAll(operations.upcoming(rhythm, first.get(), count - 1));
    return times;
  }
}
