package io.sluice.platform;

/// Meters that are counted when somebody scrapes, so that nobody who does not look pays for it: a
/// bean of this type is called before a scrape, at most every few seconds.
public interface CountedAtScrape {
  /// Counts anew.
  void count();
}
