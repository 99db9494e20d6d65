package io.sluice.workflow.work;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names and ids as callers write them. What can be none is not asked of the database.
final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,99}");

  private Names() {}

  /// Whether the text can be a name.
  static boolean fit(String text) {
    return NAME.matcher(text).matches();
  }

  /// The id, if the text is one: no name is.
  static @Nullable UUID id(String text) {
    try {
      return text.length() == 36 ? UUID.fromString(text) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
