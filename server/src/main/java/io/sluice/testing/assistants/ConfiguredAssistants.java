package io.sluice.testing.assistants;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.guard.Outbound;
import io.sluice.guard.StreamedOutbound;
import io.sluice.platform.Problem.Fault;
import io.sluice.platform.Secrets;
import io.sluice.testing.assistants.houndify.HoundifyAssistant;
import io.sluice.testing.assistants.houndify.Pace;
import io.sluice.testing.assistants.http.HttpAssistant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/// Chooses the connector for a configuration.
@Component
class ConfiguredAssistants implements Assistants {
  private final Tools tools;

  ConfiguredAssistants(
      Outbound outbound, StreamedOutbound streamed, Secrets secrets, Surroundings surroundings) {
    this.tools =
        new Tools(
            outbound,
            streamed,
            secrets,
            surroundings.clock(),
            surroundings.ids(),
            surroundings.json());
  }

  /// What every module is given.
  @Component
  record Surroundings(InstantSource clock, IdSource ids, JsonMapper json) {}

  @Override
  public AssistantConfig read(Map<String, ? extends @Nullable Object> json) {
    AssistantConfig config;
    try {
      config = tools.json().treeToValue(tools.json().valueToTree(json), AssistantConfig.class);
    } catch (JacksonException e) {
      throw new AssistantProblem.BadConfig(List.of(fault(e)));
    }
    connector(TenantId.DEFAULT, config);
    return config;
  }

  private static Fault fault(JacksonException e) {
    var pointer =
        e.getPath().stream()
            .map(p -> "/" + (p.getPropertyName() == null ? p.getIndex() : p.getPropertyName()))
            .collect(Collectors.joining());
    return new Fault(
        pointer,
        e instanceof UnrecognizedPropertyException
            ? "is not known here"
            : "does not fit; 'type' is houndify, http or text");
  }

  @Override
  public Assistant open(TenantId tenant, AssistantConfig config) {
    return connector(tenant, config).withSecrets();
  }

  /// A connector whose configuration was looked at, without its secrets.
  @FunctionalInterface
  private interface Closed {
    Assistant withSecrets();
  }

  private Closed connector(TenantId tenant, AssistantConfig config) {
    var faults = ConfigRules.faults(config);
    if (!faults.isEmpty()) {
      throw new AssistantProblem.BadConfig(faults);
    }
    return switch (config) {
      case AssistantConfig.Houndify houndify ->
          () -> HoundifyAssistant.open(tenant, houndify, tools, Pace.REAL);
      case AssistantConfig.Http http -> {
        var compiled = HttpAssistant.compile(http);
        yield () -> compiled.open(tenant, tools);
      }
      case AssistantConfig.Text text -> {
        var compiled = HttpAssistant.compile(HttpAssistant.preset(text));
        yield () -> compiled.open(tenant, tools);
      }
    };
  }
}
