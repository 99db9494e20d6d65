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
  private static final int LONGEST = 255;

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

  /// The first request with the key is still being served.
  static final class InUse extends Problem {
    InUse(String key) {
      super(
          Sort.CONFLICT,
          "IDEMPOTENCY_KEY_IN_USE",
          "The request with the Idempotency-Key '"
              + key
              + "' is still being served; ask again in a moment");
    }
  }

  /// Answers once a key. A request that failed gives its key back.
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
    checkLength(key);
    var request = new IdempotencyStore.Request(tenant.get(), key, route);
    if (!store.begin(request, fingerprint)) {
      return again(request, fingerprint);
    }
    boolean served = false;
    try {
      var body = action.get();
      store.finish(request, status.value(), mapper.writeValueAsString(body));
      served = true;
      return ResponseEntity.status(status).body(body);
    } finally {
      if (!served) {
        store.forget(request);
      }
    }
  }

  private ResponseEntity<?> again(IdempotencyStore.Request request, String fingerprint) {
    var known = store.find(request).orElseThrow(() -> new InUse(request.key()));
    if (!known.fingerprint().equals(fingerprint)) {
      throw new KeyReused(request.key());
    }
    if (known.status() == 0) {
      throw new InUse(request.key());
    }
    return ResponseEntity.status(known.status())
        .contentType(MediaType.APPLICATION_JSON)
        .body(mapper.readTree(known.bodyJson()));
  }

  private static void checkLength(String key) {
    if (key.isBlank() || key.length() > LONGEST) {
      throw new Page.RequestProblem(
          "BAD_IDEMPOTENCY_KEY", "Idempotency-Key", "must have 1 to " + LONGEST + " characters");
    }
  }
}
