package io.sluice.expression;

import org.jspecify.annotations.Nullable;

/// What an expression reads of the document.
///
/// @param root the member of the document, or `*` when the expression takes the document as a whole
/// @param member the member of the root, or null when the root is taken as a whole: `steps` alone,
///   `$lookup(steps, x)`, `steps.*`, `steps[…]`
public record Reference(String root, @Nullable String member) implements Comparable<Reference> {
  /// The document as a whole: `$`, `$$`, `*`, `**`.
  public static final Reference EVERYTHING = new Reference("*", null);

  /// Whether this is the document as a whole.
  public boolean everything() {
    return equals(EVERYTHING);
  }

  /// Whether the root is taken as a whole.
  public boolean whole() {
    return member == null;
  }

  @Override
  public int compareTo(Reference other) {
    return toString().compareTo(other.toString());
  }

  /// As one writes it: `steps.fetch`, `steps`.
  @Override
  public String toString() {
    return member == null ? root : root + "." + member;
  }
}
