package io.sluice.review.work;

import io.sluice.engine.TenantId;
import io.sluice.review.Eligibility;
import io.sluice.review.ReviewProblem;
import io.sluice.review.ReviewerView;
import io.sluice.review.store.ReviewerStore;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Who may claim what.
@Component
class Reviewers {
  private final ReviewerStore store;
  private final ObjectProvider<Eligibility> eligibility;

  Reviewers(ReviewerStore store, ObjectProvider<Eligibility> eligibility) {
    this.store = store;
    this.eligibility = eligibility;
  }

  /// A reviewer who may work.
  ReviewerView active(TenantId tenant, UUID id) {
    var reviewer = store.find(tenant, id).orElseThrow(() -> new ReviewProblem.UnknownReviewer(id));
    if (!reviewer.active()) {
      throw new ReviewProblem.NotEligible(
          "Reviewer '" + reviewer.name() + "' is not active; somebody has to activate them first");
    }
    return reviewer;
  }

  /// Why a reviewer may not take items of a language; empty if nobody objects.
  Optional<String> refusal(TenantId tenant, ReviewerView reviewer, String language) {
    return eligibility.stream()
        .map(rule -> rule.refusal(tenant, reviewer, language))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// The primary languages that a reviewer speaks and may not take.
  Set<String> refused(TenantId tenant, ReviewerView reviewer) {
    var spoken = new HashSet<>(reviewer.nativeLanguages());
    spoken.addAll(reviewer.fluentLanguages());
    var out = new HashSet<String>();
    for (var language : List.copyOf(spoken)) {
      if (refusal(tenant, reviewer, language).isPresent()) {
        out.add(Locale.forLanguageTag(language).getLanguage());
      }
    }
    return out;
  }
}
