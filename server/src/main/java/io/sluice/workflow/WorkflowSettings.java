package io.sluice.workflow;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What an operator can set about definitions: properties `sluice.workflow.*`, environment
/// variables `SLUICE_WORKFLOW_*`.
///
/// @param maxSteps how many steps a definition may have
/// @param maxDepth how deep lists of steps may be nested
/// @param maxSize how long its source may be
@ConfigurationProperties("sluice.workflow")
public record WorkflowSettings(
    @DefaultValue("1000") int maxSteps,
    @DefaultValue("10") int maxDepth,
    @DefaultValue("1MB") DataSize maxSize) {}
