package io.sluice.workflow.triggers;

import io.sluice.engine.Tx;
import io.sluice.webhooks.HookTargets;
import io.sluice.workflow.FiringView;
import io.sluice.workflow.triggers.model.Cause;
import io.sluice.workflow.triggers.model.Endpoints;
import io.sluice.workflow.triggers.model.Requests;
import io.sluice.workflow.triggers.store.TriggerStore;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What calls from outside start: webhook triggers.
@Component
class Hooks implements HookTargets {
  private final TriggerStore triggers;
  private final HookSecrets secrets;
  private final Firings firings;
  private final JsonMapper mapper;

  Hooks(TriggerStore triggers, HookSecrets secrets, Firings firings, JsonMapper mapper) {
    this.triggers = triggers;
    this.secrets = secrets;
    this.firings = firings;
    this.mapper = mapper;
  }

  @Override
  public Optional<Target> find(String token) {
    return triggers
        .atToken(HookSecrets.hash(token))
        .map(row -> {
          var rule = Objects.requireNonNull(row.said().webhook());
          return new Target(row.tenant(), row.id(), Endpoints.of(rule, secrets.valid(row.id())));
        });
  }

  @Override
  public @Nullable UUID accept(Tx tx, Target target, AcceptedCall call) {
    var request = Requests.variable(call.id(), call.call(), target.endpoint().key(), this::json);
    var key = new TriggerStore.Key(target.tenant(), target.trigger());
    return firings
        .fire(tx, key, Cause.call(call.id(), request), null)
        .map(FiringView::executionId)
        .orElse(null);
  }

  /// Null: it is none.
  private @Nullable Object json(String text) {
    try {
      return mapper.readValue(text, Object.class);
    } catch (JacksonException _) {
      return null;
    }
  }
}
