package io.sluice.api;

import io.sluice.api.store.IdempotencyStore;
import io.sluice.platform.CurrentTenant;
import io.sluice.platform.Digests;
import io.sluice.platform.Problem;
import io.sluice.platform.Sealer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
  private final Sealer sealer;
  private final JsonMapper mapper;

  Idempotency(IdempotencyStore store, CurrentTenant tenant, Sealer sealer, JsonMapper mapper) {
    this.store = store;
    this.tenant = tenant;
    this.sealer = sealer;
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
    return once(new Asked(key, route, fingerprint, status, false), action);
  }

  /// As above, for an answer that has a secret in it: it is kept sealed.
  ///
  /// @param asked what; tells no secret either, but the hash of one
  ResponseEntity<?> onceSealed(
      @Nullable String key,
      String route,
      String asked,
      HttpStatus status,
      Supplier<Object> action) {
    var fingerprint = Digests.sha256(asked.getBytes(StandardCharsets.UTF_8));
    return once(new Asked(key, route, fingerprint, status, true), action);
  }

  /// A request.
  ///
  /// @param sealed whether its answer is kept sealed
  private record Asked(
      @Nullable String key, String route, String fingerprint, HttpStatus status, boolean sealed) {}

  private ResponseEntity<?> once(Asked asked, Supplier<Object> action) {
    if (asked.key() == null) {
      return ResponseEntity.status(asked.status()).body(action.get());
    }
    checkLength(asked.key());
    var request = new IdempotencyStore.Request(tenant.get(), asked.key(), asked.route());
    if (!store.begin(request, asked.fingerprint())) {
      return again(request, asked);
    }
    boolean served = false;
    try {
      var body = action.get();
      store.finish(request, asked.status().value(), kept(request, asked, body));
      served = true;
      return ResponseEntity.status(asked.status()).body(body);
    } finally {
      if (!served) {
        store.forget(request);
      }
    }
  }

  private String kept(IdempotencyStore.Request request, Asked asked, Object body) {
    var text = mapper.writeValueAsString(body);
    return asked.sealed()
        ? mapper.writeValueAsString(
            Base64.getEncoder().encodeToString(sealer.seal(owner(request), text)))
        : text;
  }

  private String opened(IdempotencyStore.Request request, Asked asked, String kept) {
    return asked.sealed()
        ? sealer.open(
            owner(request), Base64.getDecoder().decode(mapper.readValue(kept, String.class)))
        : kept;
  }

  private static String owner(IdempotencyStore.Request request) {
    return "idempotency/" + request.key();
  }

  private ResponseEntity<?> again(IdempotencyStore.Request request, Asked asked) {
    var known = store.find(request).orElseThrow(() -> new InUse(request.key()));
    if (!known.fingerprint().equals(asked.fingerprint())) {
      throw new KeyReused(request.key());
    }
    if (known.status() == 0) {
      throw new InUse(request.key());
    }
    return ResponseEntity.status(known.status())
        .contentType(MediaType.APPLICATION_JSON)
        .body(mapper.readTree(opened(request, asked, known.bodyJson())));
  }

  private static void checkLength(String key) {
    if (key.isBlank() || key.length() > LONGEST) {
      throw new Page.RequestProblem(
          "BAD_IDEMPOTENCY_KEY", "Idempotency-Key", "must have 1 to " + LONGEST + " characters");
    }
  }
}
