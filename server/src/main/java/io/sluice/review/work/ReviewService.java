package io.sluice.review.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.platform.SpringTx;
import io.sluice.review.DecisionView;
import io.sluice.review.ReviewProblem;
import io.sluice.review.ReviewRequest;
import io.sluice.review.ReviewView;
import io.sluice.review.Reviews;
import io.sluice.review.Verdict;
import io.sluice.review.model.Majority;
import io.sluice.review.model.Opinions;
import io.sluice.review.store.ClaimStore;
import io.sluice.review.store.DecisionStore;
import io.sluice.review.store.ReviewStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The human queue, on PostgreSQL.
@Service
class ReviewService implements Reviews {
  private final ReviewStore items;
  private final ClaimStore claims;
  private final DecisionStore decisions;
  private final Reviewers reviewers;
  private final Announcer announcer;
  private final SpringTx transactions;
  private final IdSource ids;
  private final RandomGenerator random;

  ReviewService(
      ReviewStore items,
      ClaimStore claims,
      DecisionStore decisions,
      Reviewers reviewers,
      Announcer announcer,
      SpringTx transactions,
      IdSource ids) {
    this.items = items;
    this.claims = claims;
    this.decisions = decisions;
    this.reviewers = reviewers;
    this.announcer = announcer;
    this.transactions = transactions;
    this.ids = ids;
    this.random = RandomGenerator.getDefault();
  }

  @Override
  public UUID ask(Tx tx, TenantId tenant, ReviewRequest request) {
    var id = ids.next();
    int opinions = Opinions.wanted(decisions.rules(tenant), request, random);
    items.insert(tenant, id, request, new ReviewStore.More(opinions, null));
    var precedent =
        request.outcomeKey() == null
            ? Optional.<DecisionStore.Precedent>empty()
            : decisions.precedent(tenant, request.outcomeKey());
    if (precedent.isPresent()) {
      items.complete(id, precedent.get().verdict(), precedent.get().review());
      announcer.decided(tx, tenant, item(tenant, id), null);
    } else {
      announcer.asked(tx, tenant, item(tenant, id));
    }
    return id;
  }

  @Override
  public int withdraw(Tx tx, TenantId tenant, Collection<UUID> subjects) {
    return subjects.isEmpty() ? 0 : items.withdraw(tenant, subjects);
  }

  @Override
  public boolean close(Tx tx, TenantId tenant, UUID review) {
    return items.lock(tenant, review).isPresent() && items.close(tenant, review);
  }

  @Override
  public UUID control(TenantId tenant, ReviewRequest like, Verdict answer) {
    var id = ids.next();
    items.insert(tenant, id, like, new ReviewStore.More(1, answer));
    return id;
  }

  @Override
  public Optional<ReviewView> claimNext(
      TenantId tenant, UUID reviewer, @Nullable String language, @Nullable String group) {
    var who = reviewers.active(tenant, reviewer);
    var refused = reviewers.refused(tenant, who);
    return transactions.in(tx -> {
      claims.expire();
      return claims.next(tenant, who, new ClaimStore.Wanted(language, group, refused));
    });
  }

  @Override
  public ReviewView claim(TenantId tenant, UUID reviewer, UUID review) {
    var who = reviewers.active(tenant, reviewer);
    var item = item(tenant, review);
    reviewers
        .refusal(tenant, who, item.language())
        .ifPresent(reason -> {
          throw new ReviewProblem.NotEligible(reason);
        });
    return claims
        .claim(tenant, who, review)
        .orElseThrow(() -> whyNot(item(tenant, review), reviewer));
  }

  private static ReviewProblem whyNot(ReviewView item, UUID reviewer) {
    return switch (item.status()) {
      case "pending" ->
          new ReviewProblem.NotEligible(
              "Review "
                  + item.id()
                  + " needs somebody who speaks "
                  + item.language()
                  + (item.nativeOnly() ? " natively" : "")
                  + (item.skills().isEmpty() ? "" : ", with the skills " + item.skills())
                  + ", and has not decided it before");
      case "claimed" ->
          new ReviewProblem.NotNow(
              reviewer.equals(item.claimedBy())
                  ? "You have claimed review " + item.id() + " already"
                  : "Review "
                      + item.id()
                      + " is claimed by somebody else until "
                      + item.claimUntil());
      default ->
          new ReviewProblem.NotNow(
              "Review " + item.id() + " is " + item.status() + "; claim another");
    };
  }

  @Override
  public ReviewView prolong(TenantId tenant, UUID reviewer, UUID review) {
    return claims
        .prolong(tenant, reviewer, review)
        .orElseThrow(() -> notYours(item(tenant, review)));
  }

  @Override
  public ReviewView release(TenantId tenant, UUID reviewer, UUID review) {
    return claims
        .release(tenant, reviewer, review)
        .orElseThrow(() -> notYours(item(tenant, review)));
  }

  private static ReviewProblem notYours(ReviewView item) {
    if (item.status().equals("withdrawn")) {
      return new ReviewProblem.NotNow(
          "Review "
              + item.id()
              + " was withdrawn: what it was about is gone, and there is nothing to decide; claim"
              + " another");
    }
    return new ReviewProblem.NotNow(
        "Review "
            + item.id()
            + " is "
            + item.status()
            + " and not claimed by you; your claim may have run out: claim it again");
  }

  @Override
  public ReviewView decide(TenantId tenant, UUID review, Decision decision) {
    reviewers.active(tenant, decision.reviewer());
    return transactions.in(tx -> {
      var item = locked(tenant, review);
      if (!decision.reviewer().equals(item.claimedBy())
          || (decision.claimNumber() != null && decision.claimNumber() != item.claimNumber())) {
        throw notYours(item);
      }
      decisions.insert(ids.next(), review, decision);
      conclude(tx, tenant, item, decision);
      return item(tenant, review);
    });
  }

  private void conclude(Tx tx, TenantId tenant, ReviewView item, Decision decision) {
    var opinions =
        decisions.of(tenant, item.id()).stream().filter(d -> d.undoneAt() == null).toList();
    var verdict =
        Majority.of(opinions.stream().map(DecisionView::verdict).toList(), item.opinionsWanted());
    if (verdict.isEmpty()) {
      claims.countOpinion(item.id());
      return;
    }
    items.complete(item.id(), verdict.get(), null);
    var hidden = items.hidden(item.id());
    if (hidden.control() != null) {
      return;
    }
    var told = saying(verdict.get(), opinions, decision);
    announcer.decided(tx, tenant, item(tenant, item.id()), told);
    if (hidden.outcomeKey() != null) {
      spread(
          tx,
          tenant,
          hidden.outcomeKey(),
          new DecisionStore.Precedent(verdict.get(), item.id(), decision.reviewer()));
    }
  }

  /// The latest decision that says what the verdict says: a note or labels of somebody who was
  /// outvoted are not the verdict's.
  private static Decision saying(Verdict verdict, List<DecisionView> opinions, Decision last) {
    if (last.verdict() == verdict) {
      return last;
    }
    return opinions.reversed().stream()
        .filter(opinion -> opinion.verdict() == verdict)
        .findFirst()
        .map(o -> new Decision(o.reviewer(), null, verdict, o.note(), o.labelsJson()))
        .orElseGet(() -> new Decision(last.reviewer(), null, verdict, null, null));
  }

  /// The verdict holds for what waits and is identical, and for what will come.
  private void spread(Tx tx, TenantId tenant, String outcome, DecisionStore.Precedent precedent) {
    decisions.setPrecedent(tenant, outcome, precedent);
    for (var same : decisions.sameOutcome(tenant, outcome, precedent.review())) {
      items.complete(same, precedent.verdict(), precedent.review());
      announcer.decided(tx, tenant, item(tenant, same), null);
    }
  }

  @Override
  public ReviewView undo(TenantId tenant, UUID reviewer, UUID review) {
    return transactions.in(tx -> {
      var item = locked(tenant, review);
      if (!decisions.undo(tenant, reviewer, review, UNDO)) {
        throw new ReviewProblem.NotNow(
            "There is no decision of yours on review "
                + review
                + " that is less than a minute old; ask for the item to be reviewed again instead");
      }
      boolean control = items.hidden(review).control() != null;
      items.reopen(review);
      if (item.verdict() != null && !control) {
        decisions.revoke(tenant, review, "undone");
        announcer.undone(tx, tenant, item);
        items.reused(tenant, review).forEach(same -> reopen(tx, tenant, same));
      }
      return item(tenant, review);
    });
  }

  private void reopen(Tx tx, TenantId tenant, ReviewView item) {
    items.reopen(item.id());
    announcer.undone(tx, tenant, item);
  }

  @Override
  public boolean revoke(TenantId tenant, UUID review, String who) {
    return transactions.in(tx -> {
      item(tenant, review);
      return decisions.revoke(tenant, review, who);
    });
  }

  @Override
  public ReviewView get(TenantId tenant, UUID review) {
    return item(tenant, review);
  }

  private ReviewView item(TenantId tenant, UUID review) {
    return items.find(tenant, review).orElseThrow(unknown(review));
  }

  private ReviewView locked(TenantId tenant, UUID review) {
    return items.lock(tenant, review).orElseThrow(unknown(review));
  }

  private static Supplier<ReviewProblem> unknown(UUID review) {
    return () -> new ReviewProblem.UnknownReview(review);
  }

  @Override
  public List<DecisionView> decisions(TenantId tenant, UUID review) {
    item(tenant, review);
    return decisions.of(tenant, review);
  }

  @Override
  public List<ReviewView> list(TenantId tenant, Filter filter, @Nullable UUID before, int limit) {
    return items.list(tenant, filter, before, limit);
  }

  @Override
  public Optional<ReviewView> of(TenantId tenant, UUID subject) {
    return items.ofSubject(tenant, subject);
  }

  @Override
  public void rule(TenantId tenant, OpinionRule rule) {
    decisions.setRule(tenant, rule);
  }

  @Override
  public List<OpinionRule> rules(TenantId tenant) {
    return decisions.rules(tenant);
  }
}
