package io.sluice.webhooks.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.platform.Problem.Fault;
import io.sluice.platform.Sealer;
import io.sluice.webhooks.SigningSecret;
import io.sluice.webhooks.WebhookProblem;
import io.sluice.webhooks.store.SecretStore;
import io.sluice.webhooks.store.WebhookStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What of a webhook is stored sealed: its secrets and its headers.
@Component
class Sealed {
  private static final TypeReference<LinkedHashMap<String, String>> HEADERS =
      new TypeReference<>() {};
  private static final int FRESH_BYTES = 32;

  private final SecretStore secrets;
  private final Sealer sealer;
  private final IdSource ids;
  private final JsonMapper json;

  Sealed(SecretStore secrets, Sealer sealer, IdSource ids, JsonMapper json) {
    this.secrets = secrets;
    this.sealer = sealer;
    this.ids = ids;
    this.json = json;
  }

  /// The secret that a caller gives, or a new one.
  SigningSecret secret(@Nullable String given) {
    if (given == null) {
      return SigningSecret.of(sealer.random(FRESH_BYTES));
    }
    try {
      return SigningSecret.parse(given);
    } catch (IllegalArgumentException e) {
      throw new WebhookProblem.Bad(List.of(new Fault("/secret", String.valueOf(e.getMessage()))));
    }
  }

  /// Makes a secret the current one of a webhook. Belongs in a transaction.
  ///
  /// @param keep how long the one before stays valid
  void put(TenantId tenant, UUID webhook, SigningSecret secret, Duration keep) {
    var sealed = sealer.seal(owner(webhook), secret.text());
    secrets.put(new SecretStore.New(ids.next(), tenant, webhook, sealed), keep);
  }

  /// What deliveries of a webhook are signed with, the current secret first.
  List<SigningSecret> valid(UUID webhook) {
    return secrets.valid(List.of(webhook)).stream()
        .map(row -> SigningSecret.parse(sealer.open(owner(webhook), row.sealed())))
        .toList();
  }

  byte @Nullable [] seal(UUID webhook, Map<String, String> headers) {
    return headers.isEmpty() ? null : sealer.seal(owner(webhook), json.writeValueAsString(headers));
  }

  Map<String, String> headers(WebhookStore.Row row) {
    return row.sealedHeaders() == null
        ? Map.of()
        : json.readValue(sealer.open(owner(row.id()), row.sealedHeaders()), HEADERS);
  }

  private static String owner(UUID webhook) {
    return "webhook/" + webhook;
  }
}
