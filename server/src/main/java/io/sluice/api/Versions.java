package io.sluice.api;

import org.jspecify.annotations.Nullable;

/// Entity tags: the version of a thing, in quotation marks.
final class Versions {
  private Versions() {}

  /// The version that `If-Match` names; null: any.
  static @Nullable Integer expected(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return null;
    }
    var tag = ifMatch.strip().replaceFirst("^W/", "");
    if (tag.matches("\"\\d{1,9}\"")) {
      return Integer.valueOf(tag.substring(1, tag.length() - 1));
    }
    // No tag that was ever given: it matches nothing.
    return 0;
  }
}
