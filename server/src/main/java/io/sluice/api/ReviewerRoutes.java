package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.review.Calibration;
import io.sluice.review.ReviewerDirectory;
import io.sluice.review.ReviewerDirectory.Profile;
import io.sluice.review.ReviewerView;
import io.sluice.review.Statistics;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Reviewers, what is known of their work, and what their verdicts teach.
@RestController
@RequestMapping("/api/v1")
class ReviewerRoutes {
  private final ReviewerDirectory reviewers;
  private final Statistics statistics;
  private final CurrentTenant tenant;

  ReviewerRoutes(ReviewerDirectory reviewers, Statistics statistics, CurrentTenant tenant) {
    this.reviewers = reviewers;
    this.statistics = statistics;
    this.tenant = tenant;
  }

  /// A reviewer as sent.
  record NewReviewer(
      String name,
      @Nullable Set<String> nativeLanguages,
      @Nullable Set<String> fluentLanguages,
      @Nullable Set<String> skills,
      @Nullable Boolean active) {
    Profile profile() {
      return new Profile(
          name == null ? "" : name,
          orNone(nativeLanguages),
          orNone(fluentLanguages),
          orNone(skills),
          active == null || active);
    }

    private static Set<String> orNone(@Nullable Set<String> set) {
      return set == null ? Set.of() : set;
    }
  }

  /// A reviewer as shown.
  record Reviewer(
      UUID reviewerId,
      String name,
      Set<String> nativeLanguages,
      Set<String> fluentLanguages,
      Set<String> skills,
      boolean active,
      Instant createdAt) {
    static Reviewer of(ReviewerView view) {
      return new Reviewer(
          view.id(),
          view.name(),
          view.nativeLanguages(),
          view.fluentLanguages(),
          view.skills(),
          view.active(),
          view.createdAt());
    }
  }

  @PostMapping("/reviewers")
  ResponseEntity<Reviewer> add(@RequestBody NewReviewer body) {
    return answer(HttpStatus.CREATED, reviewers.add(tenant.get(), body.profile()));
  }

  @GetMapping("/reviewers")
  Page<Reviewer> list(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var read = reviewers.list(tenant.get(), Page.after(cursor), size + 1);
    return Page.of(read, size, ReviewerView::id, Reviewer::of);
  }

  @GetMapping("/reviewers/{id}")
  ResponseEntity<Reviewer> get(@PathVariable UUID id) {
    return answer(HttpStatus.OK, reviewers.get(tenant.get(), id));
  }

  @PutMapping("/reviewers/{id}")
  ResponseEntity<Reviewer> change(
      @PathVariable UUID id,
      @RequestBody NewReviewer body,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    return answer(
        HttpStatus.OK,
        reviewers.change(tenant.get(), id, body.profile(), Versions.expected(ifMatch)));
  }

  private static ResponseEntity<Reviewer> answer(HttpStatus status, ReviewerView view) {
    return ResponseEntity.status(status)
        .eTag(Versions.etag(view.version()))
        .body(Reviewer.of(view));
  }

  /// What waits, who works, and how far they agree.
  record ReviewStats(
      List<Statistics.Depth> queue,
      List<Statistics.ByReviewer> reviewers,
      List<Statistics.ByPair> agreement) {}

  @GetMapping("/reviews/stats")
  ReviewStats stats(@RequestParam(required = false) @Nullable Instant since) {
    return new ReviewStats(
        statistics.depth(tenant.get()),
        statistics.reviewers(tenant.get(), since),
        statistics.agreement(tenant.get(), since));
  }

  /// What verdicts teach about confidences. Nothing is changed by asking.
  @GetMapping("/reviews/calibration")
  Calibration calibration(
      @RequestParam(required = false) @Nullable String group,
      @RequestParam(required = false) @Nullable String language,
      @RequestParam(defaultValue = "0.75") double autoPass,
      @RequestParam(defaultValue = "0.40") double needsReview,
      @RequestParam(defaultValue = "0.02") double errorRate) {
    if (errorRate <= 0 || errorRate >= 1) {
      throw new Page.RequestProblem(
          "BAD_PARAMETER", "errorRate", "must be above 0 and below 1, e.g. 0.02");
    }
    return statistics.calibration(
        tenant.get(), group, language, new Calibration.Wanted(autoPass, needsReview, errorRate));
  }
}
