package io.sluice.expression;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Compiled expressions by their source, for callers that meet the same source often. It keeps what
/// was used lately, at most the given number, in two halves: when the young half is full it becomes
/// the old one, and what is used again moves back.
public final class Expressions {
  private final int half;
  private final Bounds bounds;
  private volatile ConcurrentMap<String, Expression> young = new ConcurrentHashMap<>();
  private volatile ConcurrentMap<String, Expression> old = new ConcurrentHashMap<>();

  /// An empty cache.
  ///
  /// @param most how many it keeps at most
  public Expressions(int most, Bounds bounds) {
    if (most < 2) {
      throw new IllegalArgumentException("A cache of expressions must keep 2 or more");
    }
    this.half = most / 2;
    this.bounds = bounds;
  }

  /// The compiled expression.
  ///
  /// @throws ExpressionProblem.Malformed when it can not be compiled; that is not remembered
  public Expression of(String source) {
    Expression known = young.get(source);
    if (known != null) {
      return known;
    }
    Expression before = old.get(source);
    return keep(source, before != null ? before : Expression.of(source, bounds));
  }

  /// How many it keeps now.
  public int size() {
    return young.size() + old.size();
  }

  private synchronized Expression keep(String source, Expression expression) {
    if (young.size() >= half) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
    old.remove(source);
    Expression first = young.putIfAbsent(source, expression);
    return first != null ? first : expression;
  }
}
