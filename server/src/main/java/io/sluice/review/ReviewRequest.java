package io.sluice.review;

import java.math.BigDecimal;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that is to be decided.
///
/// @param source who asks, e.g. `validation`; its [VerdictListener] is told
/// @param subject what it is about, in the source's words
/// @param group what it belongs to, e.g. a suite's name; null for none
/// @param title one line, for lists
/// @param language a BCP 47 tag
/// @param needs what a reviewer must bring
/// @param priority 1 to 10, lower is more urgent
/// @param confidence 0 to 100; null if nobody has one
/// @param payload what a reviewer has to see, as plain JSON
/// @param outcomeKey equal for identical outcomes; null if no verdict of others may hold
/// @param opinions how many reviewers are asked
public record ReviewRequest(
    String source,
    UUID subject,
    @Nullable String group,
    String title,
    String language,
    Needs needs,
    int priority,
    @Nullable BigDecimal confidence,
    Object payload,
    @Nullable String outcomeKey,
    Opinions opinions) {
  /// What a reviewer must bring.
  ///
  /// @param nativeSpeaker fluent is not enough
  public record Needs(boolean nativeSpeaker, Set<String> skills) {
    /// Just the language.
    public static final Needs LANGUAGE = new Needs(false, Set.of());
  }

  /// How many reviewers have their say. Where a rule of the queue asks for more, it counts.
  ///
  /// @param wanted 1 to 5
  /// @param share 0 to 1, of the items for which so many are asked; of the others one is
  public record Opinions(int wanted, double share) {
    /// One is enough.
    public static final Opinions ONE = new Opinions(1, 0);

    /// Checks the numbers.
    public Opinions {
      if (wanted < 1 || wanted > 5 || share < 0 || share > 1) {
        throw new IllegalArgumentException(
            "1 to 5 opinions of a share of 0 to 1, not %d of %s".formatted(wanted, share));
      }
    }
  }

  /// One reviewer is enough, unless a rule of the queue asks for more.
  public ReviewRequest(
      String source,
      UUID subject,
      @Nullable String group,
      String title,
      String language,
      Needs needs,
      int priority,
      @Nullable BigDecimal confidence,
      Object payload,
      @Nullable String outcomeKey) {
    this(
        source,
        subject,
        group,
        title,
        language,
        needs,
        priority,
        confidence,
        payload,
        outcomeKey,
        Opinions.ONE);
  }

  /// With several opinions.
  public ReviewRequest with(Opinions value) {
    return new ReviewRequest(
        source,
        subject,
        group,
        title,
        language,
        needs,
        priority,
        confidence,
        payload,
        outcomeKey,
        value);
  }

  /// Checks the numbers.
  public ReviewRequest {
    if (priority < 1 || priority > 10) {
      throw new IllegalArgumentException("priority must be 1 to 10, not " + priority);
    }
  }
}
