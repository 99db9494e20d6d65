package io.sluice.testing.assistants;

import io.sluice.engine.TenantId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Opens assistants by their configuration.
public interface Assistants {
  /// Reads and checks a configuration.
  ///
  /// @param json plain JSON, as it stands in an environment or a suite
  /// @throws AssistantProblem.BadConfig if it can not be used, with a pointer to each place
  AssistantConfig read(Map<String, ? extends @Nullable Object> json);

  /// An assistant. Opening calls nobody.
  ///
  /// @throws AssistantProblem.BadConfig if the configuration can not be used
  /// @throws AssistantProblem.NoSecret if it names a secret that is not set
  Assistant open(TenantId tenant, AssistantConfig config);
}
