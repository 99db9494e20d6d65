package io.sluice.review;

import io.sluice.engine.TenantId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who reviews. Thread-safe.
public interface ReviewerDirectory {
  /// Makes a reviewer.
  ///
  /// @throws ReviewProblem.NameTaken if there is one of that name
  ReviewerView add(TenantId tenant, Profile profile);

  /// Changes a reviewer.
  ///
  /// @param version only if it still is this; null: whatever it is
  ReviewerView change(TenantId tenant, UUID id, Profile profile, @Nullable Integer version);

  /// A reviewer.
  ReviewerView get(TenantId tenant, UUID id);

  /// Reviewers, newest first.
  List<ReviewerView> list(TenantId tenant, @Nullable UUID before, int limit);

  /// What can be set of a reviewer.
  ///
  /// @param nativeLanguages BCP 47 tags; what counts is the language, not the region
  record Profile(
      String name,
      Set<String> nativeLanguages,
      Set<String> fluentLanguages,
      Set<String> skills,
      boolean active) {}
}
