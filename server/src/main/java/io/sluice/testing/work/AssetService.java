package io.sluice.testing.work;

import io.sluice.engine.TenantId;
import io.sluice.platform.SpringTx;
import io.sluice.sources.Canonical;
import io.sluice.sources.Change;
import io.sluice.sources.Difference;
import io.sluice.sources.Source;
import io.sluice.testing.AssetKind;
import io.sluice.testing.AssetVersion;
import io.sluice.testing.AssetView;
import io.sluice.testing.TestAssets;
import io.sluice.testing.TestingProblem;
import io.sluice.testing.TestingProblem.Unknown;
import io.sluice.testing.model.TestLibrary;
import io.sluice.testing.model.reading.Clips;
import io.sluice.testing.model.reading.Draft;
import io.sluice.testing.model.reading.Links;
import io.sluice.testing.model.reading.Schemas;
import io.sluice.testing.store.AssetStore;
import io.sluice.testing.store.AssetVersionStore;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The door to items, cases and suites, opened.
@Service
class AssetService implements TestAssets {
  private final AssetStore assets;
  private final AssetVersionStore versions;
  private final Shelves shelves;
  private final Writer writer;
  private final TestLibrary library;
  private final SpringTx transactions;

  AssetService(
      AssetStore assets,
      AssetVersionStore versions,
      Shelves shelves,
      Writer writer,
      TestLibrary library,
      SpringTx transactions) {
    this.assets = assets;
    this.versions = versions;
    this.shelves = shelves;
    this.writer = writer;
    this.library = library;
    this.transactions = transactions;
  }

  private Draft draft(TenantId tenant, @Nullable AssetKind kind, Source source) {
    var draft = Draft.read(kind, source);
    Clips.resolve(draft, shelves.clips(tenant));
    Links.check(draft, shelves.others(tenant));
    return draft;
  }

  private Draft valid(Shelf shelf, Source source) {
    var draft = draft(shelf.tenant(), shelf.kind(), source);
    if (!draft.valid()) {
      throw new TestingProblem.Invalid(draft.errors());
    }
    return draft;
  }

  @Override
  public Checked validate(TenantId tenant, @Nullable AssetKind kind, Source source) {
    var draft = draft(tenant, kind, source);
    return new Checked(draft.kind(), draft.valid(), draft.errors(), draft.warnings());
  }

  @Override
  public Object schema(AssetKind kind) {
    return Schemas.of(kind).json();
  }

  @Override
  public Saved create(Shelf shelf, Source source, String who) {
    var draft = valid(shelf, source);
    var text = new Writer.Text(draft, null, who);
    var made = transactions.<@Nullable UUID>in(_ -> writer.insert(shelf.tenant(), text));
    var row = shelves.present(shelf.tenant(), shelf.kind(), draft.name());
    if (made == null && !shelves.latest(shelf.tenant(), row).sha256().equals(draft.sha256())) {
      throw new TestingProblem.NameTaken(shelf.kind(), row.name());
    }
    return new Saved(view(shelf.tenant(), row), made != null, draft.warnings());
  }

  @Override
  public Saved update(Shelf shelf, String asset, Source source, Edit edit) {
    var row = shelves.present(shelf.tenant(), shelf.kind(), asset);
    var draft = valid(shelf, source);
    sameName(row, draft);
    var text = new Writer.Text(draft, null, edit.who());
    boolean changed = transactions.in(_ -> writer.advance(shelf.tenant(), row.id(), text, edit));
    var now = shelves.get(shelf.tenant(), shelf.kind(), row.id().toString());
    return new Saved(view(shelf.tenant(), now), changed, draft.warnings());
  }

  private static void sameName(AssetStore.Row row, Draft draft) {
    if (!draft.name().equals(row.name())) {
      draft.error(
          "NAME_CHANGED",
          "/name",
          "It is called '"
              + row.name()
              + "', and others may know it by that; create another one for '"
              + draft.name()
              + "'");
      throw new TestingProblem.Invalid(draft.errors());
    }
  }

  @Override
  public AssetView get(Shelf shelf, String asset) {
    return view(shelf.tenant(), shelves.get(shelf.tenant(), shelf.kind(), asset));
  }

  private AssetView view(TenantId tenant, AssetStore.Row row) {
    return view(row, Canonical.tree(Canonical.read(shelves.latest(tenant, row).definition())));
  }

  private static AssetView view(AssetStore.Row row, @Nullable Object definition) {
    return new AssetView(
        row.id(),
        row.kind(),
        row.name(),
        row.description(),
        row.type(),
        row.tags(),
        row.priority(),
        row.languages(),
        row.latestVersion(),
        row.path(),
        row.createdAt(),
        row.updatedAt(),
        row.deletedAt(),
        definition);
  }

  @Override
  public List<AssetView> list(Shelf shelf, Filter filter, @Nullable UUID before, int limit) {
    var wanted =
        new AssetStore.Filter(filter.name(), filter.tag(), filter.type(), filter.archived());
    return assets
        .list(shelf.tenant(), shelf.kind(), wanted, new AssetStore.Page(before, limit))
        .stream()
        .map(row -> view(row, null))
        .toList();
  }

  @Override
  public void delete(Shelf shelf, String asset, Edit edit) {
    var tenant = shelf.tenant();
    var found = shelves.present(tenant, shelf.kind(), asset);
    transactions.in(_ -> {
      var row =
          assets
              .lock(tenant, shelf.kind(), found.id())
              .orElseThrow(() -> Unknown.asset(shelf.kind(), asset));
      Writer.expect(row, edit);
      var users =
          shelf.kind() == AssetKind.ITEM ? assets.users(tenant, row.name()) : List.<String>of();
      if (!users.isEmpty()) {
        throw new TestingProblem.InUse(row.name(), users);
      }
      assets.delete(tenant, row.id());
      return row;
    });
  }

  @Override
  public List<AssetVersion> versions(
      Shelf shelf, String asset, @Nullable Integer before, int limit) {
    var row = shelves.get(shelf.tenant(), shelf.kind(), asset);
    return versions.list(shelf.tenant(), row.id(), before, limit).stream()
        .map(v -> view(v, false))
        .toList();
  }

  @Override
  public AssetVersion version(Shelf shelf, String asset, int version) {
    return view(one(shelf, asset, version), true);
  }

  private AssetVersionStore.Row one(Shelf shelf, String asset, int version) {
    var row = shelves.get(shelf.tenant(), shelf.kind(), asset);
    return versions
        .find(shelf.tenant(), row.id(), version)
        .orElseThrow(() -> Unknown.version(row.name(), version));
  }

  private static AssetVersion view(AssetVersionStore.Row row, boolean whole) {
    return new AssetVersion(
        row.id(),
        row.version(),
        row.sha256(),
        row.format(),
        row.createdAt(),
        row.createdBy(),
        whole ? row.source() : null,
        whole ? Canonical.tree(Canonical.read(row.definition())) : null);
  }

  @Override
  public AssetVersion.Diff diff(Shelf shelf, String asset, int from, int to) {
    var before = Canonical.read(one(shelf, asset, from).definition());
    var after = Canonical.read(one(shelf, asset, to).definition());
    return new AssetVersion.Diff(
        from, to, Difference.between(before, after).stream().map(AssetService::told).toList());
  }

  private static Change told(Change change) {
    return new Change(change.op(), change.pointer(), tree(change.from()), tree(change.to()));
  }

  private static @Nullable Object tree(@Nullable Object value) {
    return value == null ? null : Canonical.tree(value);
  }

  @Override
  public List<Chosen> selection(TenantId tenant, String suite) {
    return library.suite(tenant, suite).choices().stream()
        .map(choice -> {
          var test = choice.testCase();
          var said = choice.overrides().priority();
          return new Chosen(
              choice.pinned().id(),
              choice.pinned().version(),
              test.name(),
              test.type(),
              said != null ? said : test.about().priority(),
              List.copyOf(test.languages().keySet()),
              choice.skipped());
        })
        .toList();
  }
}
