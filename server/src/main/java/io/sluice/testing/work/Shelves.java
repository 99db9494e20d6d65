package io.sluice.testing.work;

import io.sluice.engine.TenantId;
import io.sluice.sources.Canonical;
import io.sluice.sources.Plain;
import io.sluice.testing.AssetKind;
import io.sluice.testing.CaseType;
import io.sluice.testing.TestingProblem.Unknown;
import io.sluice.testing.model.About;
import io.sluice.testing.model.reading.Clips;
import io.sluice.testing.model.reading.Draft;
import io.sluice.testing.model.reading.Links;
import io.sluice.testing.store.AssetStore;
import io.sluice.testing.store.AssetVersionStore;
import io.sluice.testing.store.RecordingStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What is stored of a tenant's tests, as those see it who look things up or refer to them.
@Component
class Shelves {
  private final AssetStore assets;
  private final AssetVersionStore versions;
  private final RecordingStore recordings;

  Shelves(AssetStore assets, AssetVersionStore versions, RecordingStore recordings) {
    this.assets = assets;
    this.versions = versions;
    this.recordings = recordings;
  }

  /// An asset that is there, or, by its id, was.
  Optional<AssetStore.Row> find(TenantId tenant, AssetKind kind, String idOrName) {
    var id = id(idOrName);
    if (id != null) {
      return assets.find(tenant, kind, id);
    }
    return idOrName.isBlank() || idOrName.indexOf('\0') >= 0
        ? Optional.empty()
        : assets.find(tenant, kind, idOrName);
  }

  AssetStore.Row get(TenantId tenant, AssetKind kind, String idOrName) {
    return find(tenant, kind, idOrName).orElseThrow(() -> Unknown.asset(kind, idOrName));
  }

  /// An asset that is there.
  AssetStore.Row present(TenantId tenant, AssetKind kind, String idOrName) {
    return find(tenant, kind, idOrName)
        .filter(row -> row.deletedAt() == null)
        .orElseThrow(() -> Unknown.asset(kind, idOrName));
  }

  AssetVersionStore.Row latest(TenantId tenant, AssetStore.Row row) {
    return versions
        .find(tenant, row.id(), row.latestVersion())
        .orElseThrow(() -> Unknown.version(row.name(), row.latestVersion()));
  }

  /// The id, if the text is one: no name is.
  private static @Nullable UUID id(String text) {
    try {
      return text.length() == 36 ? UUID.fromString(text) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// What columns say of a definition.
  ///
  /// @param path null: it came from no file
  static AssetStore.Head head(Draft draft, @Nullable String path) {
    var json = draft.json();
    boolean isCase = draft.kind() == AssetKind.CASE;
    var languages = json.get("languages");
    var priority = json.get("priority") instanceof Number n ? n.intValue() : About.PRIORITY;
    return new AssetStore.Head(
        draft.kind(),
        draft.name(),
        json.get("description") instanceof String text ? text : null,
        isCase ? CaseType.of(Plain.text(json.get("type"))) : null,
        texts(json.get("tags")),
        isCase ? priority : null,
        languages instanceof Map<?, ?>
            ? List.copyOf(Plain.map(languages).keySet())
            : texts(languages),
        uses(draft),
        path);
  }

  private static List<String> texts(@Nullable Object list) {
    return Plain.list(list).stream().map(String::valueOf).toList();
  }

  private static Collection<String> uses(Draft draft) {
    var names = new TreeSet<String>();
    var key = draft.kind() == AssetKind.SUITE ? "case" : "item";
    for (var one :
        Plain.list(draft.json().get(draft.kind() == AssetKind.SUITE ? "cases" : "steps"))) {
      if (one instanceof String name && draft.kind() == AssetKind.SUITE) {
        names.add(name);
      } else if (Plain.map(one).get(key) instanceof String name) {
        names.add(name);
      }
    }
    return names;
  }

  /// Others that are stored.
  Links.Others others(TenantId tenant) {
    return new Links.Others() {
      @Override
      public Optional<Map<String, @Nullable Object>> item(String name) {
        return assets
            .find(tenant, AssetKind.ITEM, name)
            .map(row -> Plain.map(Canonical.read(latest(tenant, row).definition())));
      }

      @Override
      public boolean hasCase(String name) {
        return assets.find(tenant, AssetKind.CASE, name).isPresent();
      }

      @Override
      public Collection<String> names(AssetKind kind) {
        return assets.names(tenant, kind);
      }
    };
  }

  /// Recordings that are stored.
  Clips.Place clips(TenantId tenant) {
    return new Clips.Place() {
      @Override
      public Optional<String> hash(Clips.Clip clip) {
        return Optional.empty();
      }

      @Override
      public boolean kept(String sha256) {
        return recordings.exists(tenant, sha256);
      }
    };
  }
}
