package io.sluice.workflow.model.reading;

import io.sluice.sources.PublishedSchema;

/// The schemas that are published.
public final class Schemas {
  /// That of definitions.
  public static final PublishedSchema DEFINITION =
      PublishedSchema.load("/io/sluice/workflow/workflow.schema.json");

  /// That of templates, but for their bodies.
  public static final PublishedSchema TEMPLATE =
      PublishedSchema.load("/io/sluice/workflow/template.schema.json");

  private Schemas() {}
}
