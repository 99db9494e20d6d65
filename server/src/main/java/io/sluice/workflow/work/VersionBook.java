package io.sluice.workflow.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.sources.Canonical;
import io.sluice.sources.SourceFormat;
import io.sluice.workflow.Reference;
import io.sluice.workflow.WorkflowProblem;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.reading.DefinitionReader;
import io.sluice.workflow.model.reading.Reading;
import io.sluice.workflow.store.UnnamedDefinitionStore;
import io.sluice.workflow.store.VersionStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Versions of workflows, and definitions that came with requests, found alike.
@Component
class VersionBook implements Versions {
  /// As many as [Definitions] keeps.
  private static final int KEPT = 200;

  private final Definitions definitions;
  private final VersionStore versions;
  private final UnnamedDefinitionStore unnamed;
  private final DefinitionReader reader;
  private final IdSource ids;
  private final Map<UUID, Found> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Found> eldest) {
          return size() > KEPT;
        }
      };

  VersionBook(
      Definitions definitions,
      VersionStore versions,
      UnnamedDefinitionStore unnamed,
      DefinitionReader reader,
      IdSource ids) {
    this.definitions = definitions;
    this.versions = versions;
    this.unnamed = unnamed;
    this.reader = reader;
    this.ids = ids;
  }

  @Override
  public Found resolve(TenantId tenant, Reference which) {
    return found(definitions.resolve(tenant, which, ids.next()));
  }

  @Override
  public Found get(TenantId tenant, UUID version) {
    synchronized (kept) {
      var known = kept.get(version);
      if (known != null) {
        return known;
      }
    }
    var row = unnamed.find(version);
    return row.isPresent() ? keep(unnamed(row.get())) : found(definitions.version(version));
  }

  private Found found(Definitions.Compiled compiled) {
    synchronized (kept) {
      var known = kept.get(compiled.version());
      if (known != null) {
        return known;
      }
    }
    var row =
        versions
            .find(compiled.version())
            .orElseThrow(() -> WorkflowProblem.Unknown.workflow(compiled.workflow()));
    return keep(
        new Found(
            compiled.version(),
            compiled.workflow(),
            compiled.definition().name(),
            compiled.number(),
            compiled.definition(),
            plain(row.definition())));
  }

  private static Found unnamed(UnnamedDefinitionStore.Row row) {
    return new Found(
        row.id(), null, row.name(), 0, DefinitionReader.stored(row.json()), plain(row.json()));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> plain(String json) {
    return (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(Canonical.read(json));
  }

  private Found keep(Found found) {
    synchronized (kept) {
      kept.put(found.id(), found);
    }
    return found;
  }

  @Override
  public Found keep(TenantId tenant, String source) {
    return switch (reader.read(source, SourceFormat.JSON)) {
      case Reading.Invalid invalid -> throw WorkflowProblem.Invalid.definition(invalid.errors());
      case Reading.Valid valid -> {
        var json = Canonical.json(valid.json());
        var name = valid.definition().name();
        var row = new UnnamedDefinitionStore.Row(ids.next(), name, json);
        var id = unnamed.keep(tenant, row, Canonical.sha256(valid.json()));
        yield get(tenant, id);
      }
    };
  }

  /// The definition of a version, for those who run it.
  Definition definition(UUID version) {
    synchronized (kept) {
      var known = kept.get(version);
      if (known != null) {
        return known.definition();
      }
    }
    try {
      return definitions.version(version).definition();
    } catch (WorkflowProblem.Unknown e) {
      return unnamed
          .find(version)
          .map(row -> keep(unnamed(row)).definition())
          .orElseThrow(() ->
              new io.sluice.engine.PermanentFailure(
                  "UNKNOWN_VERSION", "The definition " + version + " is gone", e));
    }
  }
}
