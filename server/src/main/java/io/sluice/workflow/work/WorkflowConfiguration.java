package io.sluice.workflow.work;

import io.sluice.workflow.WorkflowSettings;
import io.sluice.workflow.model.Limits;
import io.sluice.workflow.model.reading.DefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Definitions are read within the limits that the operator has set.
@Configuration(proxyBeanMethods = false)
class WorkflowConfiguration {
  @Bean
  DefinitionReader definitionReader(WorkflowSettings settings) {
    return new DefinitionReader(
        new Limits(
            settings.maxSteps(),
            settings.maxDepth(),
            Math.toIntExact(settings.maxSize().toBytes())));
  }
}
