package io.sluice.documents.model;

/// Answers whether a part of the text fits into so many tokens.
record Budget(String text, TokenCounter counter, int maxChars) {

  boolean fits(int start, int end, int tokens) {
    return end - start <= maxChars && tokens(start, end) <= tokens;
  }

  int tokens(int start, int end) {
    return counter.count(text.substring(start, end));
  }
}
