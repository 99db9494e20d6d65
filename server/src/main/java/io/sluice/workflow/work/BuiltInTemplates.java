package io.sluice.workflow.work;

import io.sluice.sources.Source;
import io.sluice.sources.SourceFormat;
import io.sluice.workflow.model.reading.BlueprintReader;
import io.sluice.workflow.model.reading.BlueprintReader.Result;
import io.sluice.workflow.model.template.Blueprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// The templates that come with the server.
@Component
class BuiltInTemplates {
  private static final List<String> NAMES =
      List.of("approval", "nightly-ingest", "parallel-enrichment");

  private final List<Blueprint> templates = NAMES.stream().map(BuiltInTemplates::load).toList();

  private static Blueprint load(String name) {
    var resource = "/io/sluice/workflow/templates/" + name + ".yaml";
    try (var in = BuiltInTemplates.class.getResourceAsStream(resource)) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return switch (BlueprintReader.read(new Source(text, SourceFormat.YAML))) {
        case Result.Right<Blueprint>(Blueprint template) -> template;
        case Result.Wrong<Blueprint> wrong ->
            throw new IllegalStateException(resource + ": " + wrong.findings());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All of them, by name.
  List<Blueprint> all() {
    return templates;
  }

  /// One, by id or name.
  Optional<Blueprint> find(String idOrName) {
    return templates.stream()
        .filter(t -> t.name().equals(idOrName) || id(t).toString().equals(idOrName))
        .findFirst();
  }

  /// The same on every server.
  static UUID id(Blueprint template) {
    return UUID.nameUUIDFromBytes(
        ("workflow-template:" + template.name()).getBytes(StandardCharsets.UTF_8));
  }
}
