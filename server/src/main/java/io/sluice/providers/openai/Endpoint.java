package io.sluice.providers.openai;

import io.sluice.engine.TenantId;
import io.sluice.guard.Answer;
import io.sluice.guard.Call;
import io.sluice.guard.CallOptions;
import io.sluice.guard.Headers;
import io.sluice.guard.Outbound;
import io.sluice.platform.Secrets;
import io.sluice.providers.ProviderProblem.BadAnswer;
import io.sluice.providers.ProviderProblem.NotConfigured;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where a service is, and how it is asked.
public final class Endpoint {
  private static final DataSize MOST = DataSize.ofMegabytes(4);

  private final Where where;
  private final Outbound outbound;
  private final Secrets secrets;
  private final JsonMapper json;

  /// @param where the settings
  public Endpoint(Where where, Outbound outbound, Secrets secrets, JsonMapper json) {
    this.where = where;
    this.outbound = outbound;
    this.secrets = secrets;
    this.json = json;
  }

  /// The settings.
  ///
  /// @param what the part of the settings, for messages and the breaker: `transcription`, `chat`
  /// @param url the service's base, with `/v1`; null: it is off
  /// @param model null: it is off
  /// @param keySecret the name of the secret that has its key; null: it wants none
  /// @param timeout for one answer
  public record Where(
      String what,
      @Nullable String url,
      @Nullable String model,
      @Nullable String keySecret,
      Duration timeout) {}

  /// An answer that was read.
  record Said(JsonNode json, Duration took) {}

  boolean configured() {
    return where.url() != null && !where.url().isBlank() && where.model() != null;
  }

  String model() {
    return where.model() == null ? "none" : where.model();
  }

  /// Throws if it is off.
  ///
  /// @param detail what can not be done
  void require(String detail) {
    if (!configured()) {
      throw new NotConfigured(where.what(), detail);
    }
  }

  Said post(TenantId tenant, String path, byte[] body, String type) throws InterruptedException {
    var base = String.valueOf(where.url()).replaceAll("/+$", "");
    var call =
        new Call(
                tenant,
                "provider." + where.what(),
                "POST",
                base + path,
                Headers.NONE,
                null,
                CallOptions.DEFAULT.within(where.timeout()).atMost(MOST))
            .with(body, type)
            .with("Accept", "application/json");
    return read(outbound.send(authorised(call)));
  }

  private Call authorised(Call call) {
    var name = where.keySecret();
    if (name == null || name.isBlank()) {
      return call;
    }
    var key =
        secrets
            .get(name)
            .orElseThrow(() ->
                new NotConfigured(where.what(), "There is no secret '" + name + "' with its key"));
    return call.with("Authorization", "Bearer " + key);
  }

  private Said read(Answer answer) {
    if (answer.status() / 100 != 2) {
      throw new BadAnswer(where.what(), answer.status());
    }
    try {
      return new Said(json.readTree(answer.body()), answer.took());
    } catch (JacksonException _) {
      throw unreadable(answer.status());
    }
  }

  BadAnswer unreadable(int status) {
    return new BadAnswer(where.what(), status);
  }

  byte[] bytes(Object body) {
    return json.writeValueAsBytes(body);
  }
}
