package io.sluice.workflow.model.reading;

import io.sluice.sources.Findings;
import io.sluice.sources.Plain;
import io.sluice.sources.SourceFormat;
import io.sluice.sources.SourceReader;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads definitions.
public final class DefinitionReader {
  private final Limits limits;

  /// Reads what keeps within limits.
  public DefinitionReader(Limits limits) {
    this.limits = limits;
  }

  /// What a text says, or all that is wrong with it.
  public Reading read(String source, SourceFormat format) {
    var findings = new Findings();
    if (source.getBytes(StandardCharsets.UTF_8).length > limits.bytes()) {
      findings.error("TOO_LARGE", "", "The definition has more than " + limits.bytes() + " bytes");
      return refused(findings);
    }
    var value = SourceReader.read(source, format, findings);
    if (value == null && findings.hasErrors()) {
      return refused(findings);
    }
    Schemas.DEFINITION.check(value, findings);
    if (value instanceof Map<?, ?>) {
      check(Plain.map(value), findings);
    }
    if (findings.hasErrors()) {
      return refused(findings);
    }
    var json = Plain.map(value);
    return new Reading.Valid(new DefinitionDecoder(json).definition(), json, findings.warnings());
  }

  private void check(Map<String, @Nullable Object> json, Findings findings) {
    var outline = Outline.of(json, limits, findings);
    var graphs = DependencyCheck.check(outline, findings);
    var references = new ReferenceCheck(outline, findings);
    new StepExpressions(references, new Sights(graphs)).definition(json, outline);
    new ValueCheck(findings).definition(json, outline);
  }

  private static Reading refused(Findings findings) {
    return new Reading.Invalid(findings.errors(), findings.warnings());
  }

  /// The definition of a stored version, which was valid when it was stored.
  ///
  /// @param json canonical JSON
  public static Definition stored(String json) {
    var value = SourceReader.read(json, SourceFormat.JSON, new Findings());
    return new DefinitionDecoder(Plain.map(value)).definition();
  }
}
