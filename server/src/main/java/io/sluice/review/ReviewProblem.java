package io.sluice.review;

import io.sluice.platform.Problem;
import java.util.List;

/// What can go wrong for reviewers.
public abstract sealed class ReviewProblem extends Problem {
  private ReviewProblem(Sort sort, String code, String detail) {
    super(sort, code, detail);
  }

  private ReviewProblem(String code, Fault fault) {
    super(Sort.INVALID, code, fault.detail(), List.of(fault), null);
  }

  /// There is no such item.
  public static final class UnknownReview extends ReviewProblem {
    /// Names it.
    public UnknownReview(Object id) {
      super(Sort.NOT_FOUND, "UNKNOWN_REVIEW", "There is no review " + id);
    }
  }

  /// There is no such reviewer.
  public static final class UnknownReviewer extends ReviewProblem {
    /// Names it.
    public UnknownReviewer(Object id) {
      super(Sort.NOT_FOUND, "UNKNOWN_REVIEWER", "There is no reviewer " + id);
    }
  }

  /// The item is not in a state that allows this.
  public static final class NotNow extends ReviewProblem {
    /// Says why, and what to do.
    public NotNow(String detail) {
      super(Sort.CONFLICT, "REVIEW_STATE", detail);
    }
  }

  /// Whoever asked has acted on the verdict.
  public static final class HandedOver extends ReviewProblem {
    /// Says what became of it, and what to do.
    public HandedOver(Object id, String detail) {
      super(
          Sort.CONFLICT,
          "VERDICT_HANDED_OVER",
          "The verdict on review " + id + " can not be undone: " + detail);
    }
  }

  /// The reviewer may not take the item.
  public static final class NotEligible extends ReviewProblem {
    /// Says why.
    public NotEligible(String detail) {
      super(Sort.CONFLICT, "NOT_ELIGIBLE", detail);
    }
  }

  /// Another reviewer has the name.
  public static final class NameTaken extends ReviewProblem {
    /// Names it.
    public NameTaken(String name) {
      super(Sort.CONFLICT, "NAME_TAKEN", "There is a reviewer '" + name + "' already");
    }
  }

  /// The thing was changed since the caller read it.
  public static final class Stale extends ReviewProblem {
    /// Names it.
    public Stale(Object id) {
      super(
          Sort.STALE,
          "STALE",
          id
              + " was changed since you read it; read it again and decide whether your change still fits");
    }
  }

  /// Something in the request breaks a rule.
  public static final class Invalid extends ReviewProblem {
    /// Says where and what.
    public Invalid(String pointer, String detail) {
      super("BAD_REVIEW", new Fault(pointer, detail));
    }
  }
}
