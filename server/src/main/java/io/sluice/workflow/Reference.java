package io.sluice.workflow;

import org.jspecify.annotations.Nullable;

/// Which version of which workflow is meant.
///
/// @param workflow its id or name
/// @param version null: see alias
/// @param alias null, and no version either: the latest version
public record Reference(String workflow, @Nullable Integer version, @Nullable String alias) {
  /// The alias that every workflow has: its newest version.
  public static final String LATEST = "latest";

  /// The latest version.
  public static Reference latest(String workflow) {
    return new Reference(workflow, null, null);
  }

  /// Reads `name`, `name@3`, `name@live`, `name@latest`; with an id as well.
  public static Reference parse(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      return latest(text);
    }
    var workflow = text.substring(0, at);
    var rest = text.substring(at + 1);
    return rest.matches("\\d{1,9}")
        ? new Reference(workflow, Integer.valueOf(rest), null)
        : new Reference(workflow, null, rest);
  }

  @Override
  public String toString() {
    return version != null
        ? workflow + "@" + version
        : alias != null ? workflow + "@" + alias : workflow;
  }
}
