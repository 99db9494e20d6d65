package io.sluice.review;

import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The human queue. Thread-safe.
public interface Reviews {
  /// Asks for a review in the caller's transaction. If an identical outcome has a precedent, the
  /// item is completed at once, and the source's listener has been told when this returns.
  UUID ask(Tx tx, TenantId tenant, ReviewRequest request);

  /// Takes back what was asked for some subjects and has no verdict yet, in the caller's
  /// transaction. Who has claimed one is told when they decide.
  ///
  /// @return how many
  int withdraw(Tx tx, TenantId tenant, Collection<UUID> subjects);

  /// Takes back one item that has no verdict yet, in the caller's transaction. It is locked from
  /// then on, and so is one that has ended.
  ///
  /// @return false if it has a verdict, or was taken back before
  boolean close(Tx tx, TenantId tenant, UUID review);

  /// Puts a control into the queue: an item whose answer is known, and which nobody can tell from
  /// others.
  UUID control(TenantId tenant, ReviewRequest like, Verdict answer);

  /// Gives a reviewer the most urgent, then oldest item that they may take.
  ///
  /// @param language only of this one; null: any that they speak
  /// @param group only of this one; null: any
  /// @return empty if there is none
  Optional<ReviewView> claimNext(
      TenantId tenant, UUID reviewer, @Nullable String language, @Nullable String group);

  /// Gives a reviewer this item.
  ReviewView claim(TenantId tenant, UUID reviewer, UUID review);

  /// Prolongs a claim by as much again as it was given for.
  ReviewView prolong(TenantId tenant, UUID reviewer, UUID review);

  /// Gives an item back undecided.
  ReviewView release(TenantId tenant, UUID reviewer, UUID review);

  /// Decides an item that the reviewer has claimed.
  ReviewView decide(TenantId tenant, UUID review, Decision decision);

  /// Undoes a reviewer's own decision, up to a minute after it.
  ReviewView undo(TenantId tenant, UUID reviewer, UUID review);

  /// An item.
  ReviewView get(TenantId tenant, UUID review);

  /// Its decisions, oldest first.
  List<DecisionView> decisions(TenantId tenant, UUID review);

  /// Items, newest first.
  ///
  /// @param before only those older than this one; null: from the newest
  List<ReviewView> list(TenantId tenant, Filter filter, @Nullable UUID before, int limit);

  /// The latest item about a subject.
  Optional<ReviewView> of(TenantId tenant, UUID subject);

  /// Revokes a precedent: identical outcomes are asked about again.
  ///
  /// @return false if there was none
  boolean revoke(TenantId tenant, UUID review, String who);

  /// Asks for several opinions on a share of the items.
  ///
  /// @param rule replaces the one of the same group and band
  void rule(TenantId tenant, OpinionRule rule);

  /// The rules.
  List<OpinionRule> rules(TenantId tenant);

  /// Which items. What is null matches all.
  record Filter(
      @Nullable String status,
      @Nullable String language,
      @Nullable String group,
      @Nullable String source,
      @Nullable UUID reviewer) {}

  /// A decision.
  ///
  /// @param claimNumber of the claim that it was made under; null: whichever the reviewer has
  /// @param labelsJson corrected labels as JSON; null for none
  record Decision(
      UUID reviewer,
      @Nullable Integer claimNumber,
      Verdict verdict,
      @Nullable String note,
      @Nullable String labelsJson) {}

  /// When several opinions are asked for.
  ///
  /// @param group null: all
  /// @param band `needs_review`, `auto_fail`; null: both
  /// @param share 0 to 1, of the items
  /// @param opinions 2 to 5
  record OpinionRule(@Nullable String group, @Nullable String band, double share, int opinions) {}

  /// How long a claim lasts.
  Duration CLAIM = Duration.ofMinutes(15);

  /// How long a decision can be undone.
  Duration UNDO = Duration.ofMinutes(1);
}
