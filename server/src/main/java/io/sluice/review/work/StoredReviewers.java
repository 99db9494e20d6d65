package io.sluice.review.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.review.ReviewProblem;
import io.sluice.review.ReviewerDirectory;
import io.sluice.review.ReviewerView;
import io.sluice.review.store.ReviewerStore;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Reviewers, in PostgreSQL.
@Service
class StoredReviewers implements ReviewerDirectory {
  private final ReviewerStore store;
  private final IdSource ids;

  StoredReviewers(ReviewerStore store, IdSource ids) {
    this.store = store;
    this.ids = ids;
  }

  @Override
  public ReviewerView add(TenantId tenant, Profile profile) {
    check(profile);
    var id = ids.next();
    if (!store.insert(tenant, id, profile)) {
      throw new ReviewProblem.NameTaken(profile.name());
    }
    return get(tenant, id);
  }

  @Override
  public ReviewerView change(TenantId tenant, UUID id, Profile profile, @Nullable Integer version) {
    check(profile);
    var before = get(tenant, id);
    if (!store.update(tenant, id, profile, version)) {
      if (version != null && version != before.version()) {
        throw new ReviewProblem.Stale(id);
      }
      throw new ReviewProblem.NameTaken(profile.name());
    }
    return get(tenant, id);
  }

  private static void check(Profile profile) {
    if (profile.name().isBlank()) {
      throw new ReviewProblem.Invalid("/name", "A reviewer needs a name");
    }
    languages("/nativeLanguages", profile.nativeLanguages());
    languages("/fluentLanguages", profile.fluentLanguages());
  }

  private static void languages(String pointer, Set<String> tags) {
    for (var tag : tags) {
      if (Locale.forLanguageTag(tag).getLanguage().isEmpty()) {
        throw new ReviewProblem.Invalid(
            pointer, "'" + tag + "' is not a language tag; write it like es or es-MX");
      }
    }
  }

  @Override
  public ReviewerView get(TenantId tenant, UUID id) {
    return store.find(tenant, id).orElseThrow(() -> new ReviewProblem.UnknownReviewer(id));
  }

  @Override
  public List<ReviewerView> list(TenantId tenant, @Nullable UUID before, int limit) {
    return store.list(tenant, before, limit);
  }
}
