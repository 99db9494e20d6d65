package io.sluice.workflow.triggers;

import io.sluice.platform.Digests;
import io.sluice.platform.Sealer;
import io.sluice.webhooks.Verification;
import io.sluice.workflow.triggers.model.Endpoints;
import io.sluice.workflow.triggers.store.TriggerStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The secrets of webhooks: sealed for the database, opened when a call comes.
@Component
class HookSecrets {
  private static final int BYTES = 32;

  private final TriggerStore triggers;
  private final Sealer sealer;
  private final InstantSource clock;
  private final JsonMapper mapper;

  HookSecrets(TriggerStore triggers, Sealer sealer, InstantSource clock, JsonMapper mapper) {
    this.triggers = triggers;
    this.sealer = sealer;
    this.clock = clock;
    this.mapper = mapper;
  }

  /// One secret.
  ///
  /// @param until when it stops being valid; null: it does not
  private record Kept(String value, @Nullable Instant until) {
    @Override
    public String toString() {
      return "Kept[until=" + until + "]";
    }
  }

  /// Those that are valid now.
  List<String> valid(UUID trigger) {
    return kept(trigger).stream().map(Kept::value).toList();
  }

  private List<Kept> kept(UUID trigger) {
    var now = clock.instant();
    return triggers
        .secrets(trigger)
        .map(sealed -> mapper.readValue(sealer.open(owner(trigger), sealed), Kept[].class))
        .map(List::of)
        .orElse(List.of())
        .stream()
        .filter(k -> k.until() == null || k.until().isAfter(now))
        .toList();
  }

  /// Replaces them all. Belongs in a transaction.
  void put(UUID trigger, List<String> values) {
    store(trigger, values.stream().map(v -> new Kept(v, null)).toList());
  }

  /// Adds one; the others stay valid for a time. Belongs in a transaction that has locked the
  /// trigger.
  void rotate(UUID trigger, String secret, Duration keep) {
    var until = clock.instant().plus(keep);
    var all = new ArrayList<Kept>();
    all.add(new Kept(secret, null));
    for (var old : kept(trigger)) {
      boolean sooner = old.until() != null && old.until().isBefore(until);
      all.add(sooner ? old : new Kept(old.value(), until));
    }
    store(trigger, all);
  }

  private void store(UUID trigger, List<Kept> all) {
    triggers.secrets(trigger, sealer.seal(owner(trigger), mapper.writeValueAsString(all)));
  }

  private static String owner(UUID trigger) {
    return "trigger/" + trigger;
  }

  /// A new secret.
  String fresh(Verification verification) {
    return Endpoints.secret(verification, sealer.random(BYTES));
  }

  /// A new token.
  String token() {
    return Endpoints.token(sealer.random(BYTES));
  }

  /// By what a token is found.
  static String hash(String token) {
    return Digests.sha256(token.getBytes(StandardCharsets.UTF_8));
  }
}
