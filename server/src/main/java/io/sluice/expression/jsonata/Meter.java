package io.sluice.expression.jsonata;

import com.dashjoin.jsonata.Jsonata.EntryCallback;
import com.dashjoin.jsonata.Jsonata.ExitCallback;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Parser.Symbol;
import com.dashjoin.jsonata.Utils.RangeList;
import io.sluice.expression.Bounds;
import io.sluice.expression.ExpressionProblem.TooCostly;
import java.time.Instant;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Watches one evaluation: the library calls it before and after each node.
///
/// Sizes are weighed as if the value were written out. A value that holds one part many times is
/// small in memory and huge on paper; so what was weighed once is remembered by identity.
final class Meter implements EntryCallback, ExitCallback {
  /// The evaluation that runs on this thread, for functions of ours that the library calls.
  static final ScopedValue<Meter> CURRENT = ScopedValue.newInstance();

  /// Characters that a number, a truth value or a bracket counts for.
  private static final int ATOM = 8;

  /// Smaller values are weighed again in place of being remembered.
  private static final long REMEMBERED = 64;

  private static final int DEEPEST = 500;

  private final Bounds bounds;
  private final @Nullable Instant now;
  private final long deadlineNanos;
  private final Map<Object, Long> weights = new IdentityHashMap<>();
  private int depth;
  private int ticks;
  private @Nullable TooCostly tripped;

  Meter(Bounds bounds, @Nullable Instant now) {
    this.bounds = bounds;
    this.now = now;
    this.deadlineNanos = System.nanoTime() + bounds.time().toNanos();
  }

  @Nullable Instant now() {
    return now;
  }

  /// What ended the evaluation, if a bound did. The library may have wrapped the exception.
  @Nullable TooCostly tripped() {
    return tripped;
  }

  @Override
  public void callback(Symbol node, Object input, Frame environment) {
    if (++depth > bounds.depth()) {
      throw trip(
          "The expression calls itself, or is nested, more than "
              + bounds.depth()
              + " levels deep. Look for a recursion that does not end");
    }
    tick();
  }

  @Override
  public void callback(Symbol node, Object input, Frame environment, @Nullable Object result) {
    depth--;
    check(result);
  }

  /// Counts a little work; now and then looks at the clock.
  void tick() {
    if ((++ticks & 63) == 0 && System.nanoTime() - deadlineNanos > 0) {
      throw trip(
          "The expression took longer than "
              + bounds.time().toMillis()
              + " ms. Look for a loop that does not end, a regular expression that tries too many"
              + " ways, or too much data");
    }
  }

  /// Refuses a value that is too large.
  void check(@Nullable Object value) {
    if (value instanceof String text) {
      size(text.length());
    } else if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
      size(weigh(value, 0));
    }
  }

  /// Refuses a size before anything of it is made.
  void size(long size) {
    if (size > bounds.size()) {
      throw trip(
          "A value on the way would be larger than "
              + bounds.size()
              + " characters. Work on less data, or in more steps");
    }
  }

  /// Refuses a text that is too long for a regular expression.
  String subject(String text) {
    if (text.length() > bounds.subject()) {
      throw trip(
          "A regular expression is applied to a text of more than "
              + bounds.subject()
              + " characters. Use $substring, or a text in place of the regular expression");
    }
    return text;
  }

  TooCostly trip(String detail) {
    if (tripped == null) {
      tripped = new TooCostly(detail);
    }
    return tripped;
  }

  private long weigh(@Nullable Object value, int level) {
    return switch (value) {
      case String text -> text.length() + 2L;
      case RangeList range -> (long) range.size() * ATOM;
      case List<?> list -> remembered(list, level);
      case Map<?, ?> map -> remembered(map, level);
      case null, default -> ATOM;
    };
  }

  private long remembered(Object value, int level) {
    Long known = weights.get(value);
    if (known != null) {
      return known;
    }
    if (level > DEEPEST) {
      throw trip("A value on the way is nested more than " + DEEPEST + " levels deep");
    }
    long weight = ATOM;
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> member : map.entrySet()) {
        weight += weigh(member.getKey(), level) + weigh(member.getValue(), level + 1);
        size(weight);
      }
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        weight += weigh(item, level + 1);
        size(weight);
      }
    }
    if (weight > REMEMBERED) {
      weights.put(value, weight);
    }
    return weight;
  }
}
