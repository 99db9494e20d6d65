package io.sluice.testing.run.work;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator can set of runs.
///
/// @param testConcurrency how many executions run at once in this server
/// @param validationRetry how long after its failure a validation is tried again; then twice and
///   four times as long
@ConfigurationProperties("sluice")
record RunSettings(
    @DefaultValue("128") int testConcurrency, @DefaultValue("60s") Duration validationRetry) {}
