package io.sluice.api;

import org.jspecify.annotations.Nullable;

/// Entity tags: the version of a thing, in quotation marks. The one place that writes and reads
/// them.
final class Versions {
  private static final String OURS = "\"\\d{1,9}\"";
  private static final String ANY_TAG = "\"[^\"]*\"";

  private Versions() {}

  /// The tag of a version.
  static String etag(int version) {
    return "\"" + version + "\"";
  }

  /// The version that `If-Match` names; null: any. Proxies that compress make tags weak.
  ///
  /// @throws Page.RequestProblem `BAD_IF_MATCH` if it is no tag at all
  static @Nullable Integer expected(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return null;
    }
    var tag = ifMatch.strip().replaceFirst("^W/", "");
    if (tag.matches(OURS)) {
      return Integer.valueOf(tag.substring(1, tag.length() - 1));
    }
    if (tag.matches(ANY_TAG)) {
      // No tag that was ever given: it matches nothing.
      return 0;
    }
    throw new Page.RequestProblem(
        "BAD_IF_MATCH", "If-Match", "must be the ETag of a GET before, e.g. \"3\"");
  }
}
