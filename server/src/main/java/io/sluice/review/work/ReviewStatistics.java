package io.sluice.review.work;

import io.sluice.engine.TenantId;
import io.sluice.review.Calibration;
import io.sluice.review.Statistics;
import io.sluice.review.store.StatisticsStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Statistics, from PostgreSQL.
@Service
class ReviewStatistics implements Statistics {
  private final StatisticsStore store;

  ReviewStatistics(StatisticsStore store) {
    this.store = store;
  }

  @Override
  public List<Depth> depth(TenantId tenant) {
    return store.depth(tenant);
  }

  @Override
  public List<ByReviewer> reviewers(TenantId tenant, @Nullable Instant since) {
    return store.reviewers(tenant, since);
  }

  @Override
  public List<ByPair> agreement(TenantId tenant, @Nullable Instant since) {
    return store.agreement(tenant, since);
  }

  @Override
  public Calibration calibration(
      TenantId tenant,
      @Nullable String group,
      @Nullable String language,
      Calibration.Wanted wanted) {
    return Calibration.of(store.judged(tenant, group, language), wanted);
  }
}
