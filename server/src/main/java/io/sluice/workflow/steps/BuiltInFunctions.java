package io.sluice.workflow.steps;

import io.sluice.platform.Digests;
import io.sluice.workflow.WorkflowFunction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Functions that every server has. What a program of yours brings along stands beside them: every
/// bean of type [WorkflowFunction] can be called by its name.
@Configuration(proxyBeanMethods = false)
class BuiltInFunctions {
  /// SHA-256 of a text, in lower-case hex; expressions have no digest.
  @Bean
  WorkflowFunction sha256() {
    return new WorkflowFunction() {
      @Override
      public String name() {
        return "sha256";
      }

      @Override
      public Map<String, @Nullable Object> inputs() {
        return Map.of(
            "type",
            "object",
            "required",
            List.of("text"),
            "additionalProperties",
            false,
            "properties",
            Map.of("text", Map.of("type", "string")));
      }

      @Override
      public Object run(@Nullable Object arguments, Call call) {
        // The schema has made sure of both.
        return arguments instanceof Map<?, ?> map && map.get("text") instanceof String text
            ? Digests.sha256(text)
            : "";
      }
    };
  }
}
