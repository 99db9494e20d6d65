package io.sluice.providers;

/// Page `page` (from 1) of the source gave the canonical text `[startOffset, endOffset)`.
public record PageSpan(int page, int startOffset, int endOffset) {
  public PageSpan {
    if (page < 1 || startOffset < 0 || endOffset < startOffset) {
      throw new IllegalArgumentException(
          "page " + page + " cannot span [" + startOffset + ", " + endOffset + ")");
    }
  }
}
