package io.sluice.api;

import io.sluice.api.store.IdempotencyStore;
import io.sluice.platform.CurrentTenant;
import io.sluice.platform.Problem;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The same key and request give the same answer; the same key with another request is refused.
@Component
class Idempotency {
  private final IdempotencyStore store;
  private final CurrentTenant tenant;
  private final JsonMapper mapper;

  Idempotency(IdempotencyStore store, CurrentTenant tenant, JsonMapper mapper) {
    this.store = store;
    this.tenant = tenant;
    this.mapper = mapper;
  }

  /// A key that came with another request before.
  static final class KeyReused extends Problem {
    KeyReused(String key) {
      super(
          Sort.KEY_REUSED,
          "IDEMPOTENCY_KEY_REUSED",
          "The Idempotency-Key '"
              + key
              + "' came with another request before; use a new key for a new request");
    }
  }

  /// Answers once a key.
  ///
  /// @param key null: every time
  /// @param route what is asked, e.g. `POST /documents`
  /// @param fingerprint of the request: equal for equal requests
  ResponseEntity<?> once(
      @Nullable String key,
      String route,
      String fingerprint,
      HttpStatus status,
      Supplier<Object> action) {
    if (key == null) {
      return ResponseEntity.status(status).body(action.get());
    }
    var known = store.find(tenant.get(), key, route);
    if (known.isPresent()) {
      if (!known.get().fingerprint().equals(fingerprint)) {
        throw new KeyReused(key);
      }
      return ResponseEntity.status(known.get().status())
          .contentType(MediaType.APPLICATION_JSON)
          .body(mapper.readTree(known.get().bodyJson()));
    }
    var body = action.get();
    store.put(
        tenant.get(),
        key,
        route,
        new IdempotencyStore.Answer(fingerprint, status.value(), mapper.writeValueAsString(body)));
    return ResponseEntity.status(status).body(body);
  }
}
