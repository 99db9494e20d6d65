package io.sluice.testing.model.reading;

import io.sluice.sources.PublishedSchema;
import io.sluice.testing.AssetKind;

/// The schemas that are published.
public final class Schemas {
  private static final String FOLDER = "/io/sluice/testing/";
  private static final PublishedSchema CASE = load("test-case");
  private static final PublishedSchema ITEM = load("test-item");
  private static final PublishedSchema SUITE = load("test-suite");

  private Schemas() {}

  private static PublishedSchema load(String name) {
    return PublishedSchema.load(FOLDER + name + ".schema.json", FOLDER + "parts.schema.json");
  }

  /// That of a kind.
  public static PublishedSchema of(AssetKind kind) {
    return switch (kind) {
      case CASE -> CASE;
      case ITEM -> ITEM;
      case SUITE -> SUITE;
    };
  }
}
