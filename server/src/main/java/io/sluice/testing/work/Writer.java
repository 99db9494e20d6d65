package io.sluice.testing.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.sources.Canonical;
import io.sluice.testing.TestAssets.Edit;
import io.sluice.testing.TestingProblem;
import io.sluice.testing.TestingProblem.Unknown;
import io.sluice.testing.model.reading.Draft;
import io.sluice.testing.store.AssetStore;
import io.sluice.testing.store.AssetVersionStore;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Writes versions; always inside of somebody's transaction.
@Component
class Writer {
  private final AssetStore assets;
  private final AssetVersionStore versions;
  private final Shelves shelves;
  private final IdSource ids;

  Writer(AssetStore assets, AssetVersionStore versions, Shelves shelves, IdSource ids) {
    this.assets = assets;
    this.versions = versions;
    this.shelves = shelves;
    this.ids = ids;
  }

  /// What is to be written, where it came from, and by whom.
  ///
  /// @param path null: from no file
  record Text(Draft draft, @Nullable String path, String who) {}

  /// Makes version 1.
  ///
  /// @return null if the name is taken
  @Nullable UUID insert(TenantId tenant, Text text) {
    var id = ids.next();
    if (!assets.insert(tenant, id, Shelves.head(text.draft(), text.path()))) {
      return null;
    }
    versions.insert(tenant, version(id, 1, text));
    return id;
  }

  /// Makes the next version, behind whoever makes one now.
  ///
  /// @return false if the definition is the latest already
  boolean advance(TenantId tenant, UUID id, Text text, Edit edit) {
    var kind = text.draft().kind();
    var row = assets.lock(tenant, kind, id).orElseThrow(() -> Unknown.asset(kind, id));
    expect(row, edit);
    if (shelves.latest(tenant, row).sha256().equals(text.draft().sha256())) {
      if (text.path() != null) {
        assets.move(tenant, id, text.path());
      }
      return false;
    }
    int next = row.latestVersion() + 1;
    versions.insert(tenant, version(id, next, text));
    return assets.advance(id, next, Shelves.head(text.draft(), text.path()));
  }

  static void expect(AssetStore.Row row, Edit edit) {
    if (edit.expected() != null && edit.expected() != row.latestVersion()) {
      throw new TestingProblem.Stale(row.name(), edit.expected(), row.latestVersion());
    }
  }

  private AssetVersionStore.New version(UUID asset, int number, Text text) {
    var draft = text.draft();
    return new AssetVersionStore.New(
        ids.next(),
        asset,
        number,
        draft.source().format().name().toLowerCase(Locale.ROOT),
        draft.source().text(),
        Canonical.json(draft.json()),
        draft.sha256(),
        text.who());
  }
}
