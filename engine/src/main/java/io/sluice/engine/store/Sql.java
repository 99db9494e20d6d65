package io.sluice.engine.store;

/// One statement, with `?` for its parameters. A value of its own so that a test finds every one.
///
/// @param text the statement; a question mark stands for a parameter and for nothing else
public record Sql(String text) {
  @Override
  public String toString() {
    return text;
  }
}
