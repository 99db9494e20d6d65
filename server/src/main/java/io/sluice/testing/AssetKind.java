package io.sluice.testing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What sort of test asset it is.
public enum AssetKind {
  ITEM("test item", "items"),
  CASE("test case", "cases"),
  SUITE("test suite", "suites");

  private final String words;
  private final String folder;

  AssetKind(String words, String folder) {
    this.words = words;
    this.folder = folder;
  }

  /// The name in SQL and JSON: lower case.
  @JsonValue
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The kind of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static AssetKind of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /// As people say it.
  public String words() {
    return words;
  }

  /// The folder in which its files lie.
  public String folder() {
    return folder;
  }

  /// The routes that serve it, e.g. `test-cases`.
  public String route() {
    return "test-" + folder;
  }
}
