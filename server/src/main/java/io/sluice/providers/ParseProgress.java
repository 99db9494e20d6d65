package io.sluice.providers;

/// Hears how far a parse has come. Called on the parsing thread, at most about ten times a second.
@FunctionalInterface
public interface ParseProgress {

  /// For callers who do not care.
  ParseProgress NONE = parts -> {};

  /// `parts` pages, sheets, slides or attachments have been begun. There is no total: files lie
  /// about theirs.
  void reached(int parts);
}
