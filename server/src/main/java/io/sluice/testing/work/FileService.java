package io.sluice.testing.work;

import io.sluice.engine.TenantId;
import io.sluice.platform.SpringTx;
import io.sluice.testing.TestAssets.Edit;
import io.sluice.testing.TestFiles;
import io.sluice.testing.TestingProblem;
import io.sluice.testing.store.AssetStore;
import io.sluice.testing.store.RecordingStore;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The door for folders, opened.
@Service
class FileService implements TestFiles {
  private final AssetStore assets;
  private final RecordingStore recordings;
  private final Shelves shelves;
  private final Writer writer;
  private final Export export;
  private final SpringTx transactions;

  FileService(
      AssetStore assets,
      RecordingStore recordings,
      Shelves shelves,
      Writer writer,
      Export export,
      SpringTx transactions) {
    this.assets = assets;
    this.recordings = recordings;
    this.shelves = shelves;
    this.writer = writer;
    this.export = export;
    this.transactions = transactions;
  }

  @Override
  public Outcome take(TenantId tenant, List<File> files, Order order) {
    var batch = Batch.read(files);
    batch.check(shelves.others(tenant), shelves.clips(tenant));
    if (!batch.valid() || order.dryRun()) {
      var told = new Outcome(false, batch.told(draft -> foreseen(tenant, draft)));
      if (!batch.valid() && !order.dryRun()) {
        throw new TestingProblem.BadFiles(told);
      }
      return told;
    }
    return new Outcome(true, transactions.in(_ -> store(tenant, batch, order.who())));
  }

  /// What storing would do.
  private Batch.Done foreseen(TenantId tenant, Batch.Entry entry) {
    var row = assets.find(tenant, entry.draft().kind(), entry.draft().name());
    if (row.isEmpty()) {
      return new Batch.Done(null, 1, "created");
    }
    int version = row.get().latestVersion();
    boolean same = shelves.latest(tenant, row.get()).sha256().equals(entry.draft().sha256());
    return same
        ? new Batch.Done(row.get().id(), version, "unchanged")
        : new Batch.Done(row.get().id(), version + 1, "updated");
  }

  private List<Imported> store(TenantId tenant, Batch batch, String who) {
    batch.recordings().forEach((sha256, content) -> recordings.insert(tenant, sha256, content));
    return batch.told(entry -> store(tenant, entry, who));
  }

  private Batch.Done store(TenantId tenant, Batch.Entry entry, String who) {
    var kind = entry.draft().kind();
    var text = new Writer.Text(entry.draft(), entry.path(), who);
    var known =
        assets.find(tenant, kind, entry.draft().name()).map(AssetStore.Row::id).orElse(null);
    if (known == null) {
      var made = writer.insert(tenant, text);
      if (made != null) {
        return new Batch.Done(made, 1, "created");
      }
    }
    // Somebody else may have made it just now.
    UUID id = known != null ? known : shelves.present(tenant, kind, entry.draft().name()).id();
    boolean changed = writer.advance(tenant, id, text, new Edit(who, null));
    int version = shelves.get(tenant, kind, id.toString()).latestVersion();
    return new Batch.Done(id, version, changed ? "updated" : "unchanged");
  }

  @Override
  public List<File> give(TenantId tenant, @Nullable String suite) {
    return suite == null ? export.everything(tenant) : export.suite(tenant, suite);
  }
}
