package io.sluice.engine;

import org.jspecify.annotations.Nullable;

/// Which jobs. Every part that is null matches all.
public record JobFilter(
    @Nullable TenantId tenant,
    @Nullable JobState state,
    @Nullable String kind,
    @Nullable String queue,
    @Nullable String cause) {
  /// Every job.
  public static final JobFilter ALL = new JobFilter(null, null, null, null, null);

  /// Jobs in a state.
  public JobFilter in(JobState value) {
    return new JobFilter(tenant, value, kind, queue, cause);
  }

  /// Jobs of a tenant.
  public JobFilter of(TenantId value) {
    return new JobFilter(value, state, kind, queue, cause);
  }

  /// Jobs of a kind.
  public JobFilter ofKind(@Nullable String value) {
    return new JobFilter(tenant, state, value, queue, cause);
  }

  /// Jobs of a queue.
  public JobFilter inQueue(@Nullable String value) {
    return new JobFilter(tenant, state, kind, value, cause);
  }

  /// Dead letters of a cause.
  public JobFilter withCause(@Nullable String value) {
    return new JobFilter(tenant, state, kind, queue, value);
  }
}
