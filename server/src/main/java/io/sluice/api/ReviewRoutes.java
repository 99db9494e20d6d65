package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.review.DecisionView;
import io.sluice.review.ReviewView;
import io.sluice.review.Reviews;
import io.sluice.review.Reviews.OpinionRule;
import io.sluice.review.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The human queue. Until tokens come, requests say which reviewer asks.
@RestController
@RequestMapping("/api/v1/reviews")
class ReviewRoutes {
  private final Reviews reviews;
  private final CurrentTenant tenant;
  private final JsonMapper mapper;

  ReviewRoutes(Reviews reviews, CurrentTenant tenant, JsonMapper mapper) {
    this.reviews = reviews;
    this.tenant = tenant;
    this.mapper = mapper;
  }

  /// A review item.
  ///
  /// @param decisions only for a single item that is completed: who has yet to decide is not told
  record Review(
      UUID reviewId,
      String source,
      UUID subjectId,
      @Nullable String group,
      String title,
      String language,
      boolean requiresNativeSpeaker,
      List<String> skills,
      int priority,
      @Nullable BigDecimal confidenceScore,
      String status,
      @Nullable UUID claimedBy,
      @Nullable Instant claimedAt,
      @Nullable Instant claimUntil,
      int claimNumber,
      int opinionsWanted,
      int opinions,
      @Nullable String verdict,
      @Nullable UUID reusedFrom,
      Instant createdAt,
      @Nullable Instant completedAt,
      JsonNode payload,
      @Nullable List<DecisionLine> decisions) {}

  /// A decision.
  record DecisionLine(
      UUID reviewerId,
      String verdict,
      @Nullable String note,
      @Nullable JsonNode labels,
      Duration took,
      Instant decidedAt,
      @Nullable Instant undoneAt) {}

  /// Who asks for work.
  record Claim(UUID reviewerId, @Nullable String language, @Nullable String group) {}

  /// Who does something with a claimed item.
  record Reviewer(UUID reviewerId) {}

  /// A decision.
  ///
  /// @param labels corrected ones
  record Decide(
      UUID reviewerId,
      @Nullable Integer claimNumber,
      String verdict,
      @Nullable String note,
      @Nullable JsonNode labels) {}

  @GetMapping
  Page<Review> list(
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String language,
      @RequestParam(required = false) @Nullable String group,
      @RequestParam(required = false) @Nullable String source,
      @RequestParam(required = false) @Nullable UUID reviewerId,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var filter = new Reviews.Filter(status, language, group, source, reviewerId);
    var read = reviews.list(tenant.get(), filter, Page.after(cursor), size + 1);
    return Page.of(read, size, ReviewView::id, item -> shown(item, null));
  }

  @GetMapping("/{id}")
  Review get(@PathVariable UUID id) {
    var item = reviews.get(tenant.get(), id);
    return shown(item, item.verdict() == null ? null : reviews.decisions(tenant.get(), id));
  }

  /// The next item that the reviewer may take; 204 when there is none.
  @PostMapping("/claim")
  ResponseEntity<Review> claimNext(@RequestBody Claim claim) {
    Optional<ReviewView> next =
        reviews.claimNext(tenant.get(), claim.reviewerId(), claim.language(), claim.group());
    return next.map(item -> ResponseEntity.ok(shown(item, null)))
        .orElseGet(() -> ResponseEntity.noContent().build());
  }

  @PostMapping("/{id}/claim")
  Review claim(@PathVariable UUID id, @RequestBody Reviewer who) {
    return shown(reviews.claim(tenant.get(), who.reviewerId(), id), null);
  }

  @PostMapping("/{id}/prolong")
  Review prolong(@PathVariable UUID id, @RequestBody Reviewer who) {
    return shown(reviews.prolong(tenant.get(), who.reviewerId(), id), null);
  }

  @PostMapping("/{id}/release")
  Review release(@PathVariable UUID id, @RequestBody Reviewer who) {
    return shown(reviews.release(tenant.get(), who.reviewerId(), id), null);
  }

  @PostMapping("/{id}/decide")
  Review decide(@PathVariable UUID id, @RequestBody Decide body) {
    var labels = body.labels() == null ? null : mapper.writeValueAsString(body.labels());
    var decision =
        new Reviews.Decision(
            body.reviewerId(),
            body.claimNumber(),
            verdict("verdict", body.verdict()),
            body.note(),
            labels);
    return shown(reviews.decide(tenant.get(), id, decision), null);
  }

  @PostMapping("/{id}/undo")
  Review undo(@PathVariable UUID id, @RequestBody Reviewer who) {
    return shown(reviews.undo(tenant.get(), who.reviewerId(), id), null);
  }

  /// Whether there was a precedent to revoke.
  record Revoked(boolean revoked) {}

  /// The verdict of this review no longer holds for identical outcomes.
  @PostMapping("/{id}/revoke")
  Revoked revoke(@PathVariable UUID id) {
    return new Revoked(reviews.revoke(tenant.get(), id, tenant.who()));
  }

  /// A hidden control, made of an item whose answer is known.
  record Control(String answer) {}

  /// The control.
  record ControlMade(UUID reviewId) {}

  /// Puts a copy of this item into the queue as a hidden control.
  @PostMapping("/{id}/control")
  ControlMade control(@PathVariable UUID id, @RequestBody Control body) {
    var like = reviews.get(tenant.get(), id);
    var request =
        new io.sluice.review.ReviewRequest(
            like.source(),
            like.subject(),
            like.group(),
            like.title(),
            like.language(),
            new io.sluice.review.ReviewRequest.Needs(
                like.nativeOnly(), java.util.Set.copyOf(like.skills())),
            like.priority(),
            like.confidence(),
            mapper.readTree(like.payloadJson()),
            null);
    return new ControlMade(
        reviews.control(tenant.get(), request, verdict("answer", body.answer())));
  }

  /// When several opinions are asked for.
  record Rule(@Nullable String group, @Nullable String band, double share, int opinions) {}

  @GetMapping("/rules")
  Page<Rule> rules() {
    return Page.all(
        reviews.rules(tenant.get()).stream()
            .map(r -> new Rule(r.group(), r.band(), r.share(), r.opinions()))
            .toList());
  }

  @PutMapping("/rules")
  Rule rule(@RequestBody Rule rule) {
    if (rule.share() < 0 || rule.share() > 1) {
      throw new Page.RequestProblem("BAD_PARAMETER", "share", "must be 0 to 1");
    }
    if (rule.opinions() < 2 || rule.opinions() > 5) {
      throw new Page.RequestProblem("BAD_PARAMETER", "opinions", "must be 2 to 5");
    }
    if (rule.band() != null && !List.of("needs_review", "auto_fail").contains(rule.band())) {
      throw new Page.RequestProblem(
          "BAD_PARAMETER", "band", "is needs_review or auto_fail; leave it out for both");
    }
    reviews.rule(
        tenant.get(), new OpinionRule(rule.group(), rule.band(), rule.share(), rule.opinions()));
    return rule;
  }

  private static Verdict verdict(String field, String name) {
    return Arrays.stream(Verdict.values())
        .filter(v -> v.sql().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Page.RequestProblem(
                "BAD_PARAMETER",
                field,
                "is one of " + Arrays.stream(Verdict.values()).map(Verdict::sql).toList()));
  }

  private Review shown(ReviewView item, @Nullable List<DecisionView> decisions) {
    return new Review(
        item.id(),
        item.source(),
        item.subject(),
        item.group(),
        item.title(),
        item.language(),
        item.nativeOnly(),
        item.skills(),
        item.priority(),
        item.confidence(),
        item.status(),
        item.claimedBy(),
        item.claimedAt(),
        item.claimUntil(),
        item.claimNumber(),
        item.opinionsWanted(),
        item.opinions(),
        item.verdict() == null ? null : item.verdict().sql(),
        item.reusedFrom(),
        item.createdAt(),
        item.completedAt(),
        mapper.readTree(item.payloadJson()),
        decisions == null ? null : decisions.stream().map(this::line).toList());
  }

  private DecisionLine line(DecisionView decision) {
    return new DecisionLine(
        decision.reviewer(),
        decision.verdict().sql(),
        decision.note(),
        decision.labelsJson() == null ? null : mapper.readTree(decision.labelsJson()),
        decision.took(),
        decision.decidedAt(),
        decision.undoneAt());
  }
}
