package io.sluice.testing.work;

import io.sluice.engine.TenantId;
import io.sluice.testing.AssetKind;
import io.sluice.testing.TestingProblem.Unknown;
import io.sluice.testing.model.ItemStep;
import io.sluice.testing.model.Pinned;
import io.sluice.testing.model.Recording;
import io.sluice.testing.model.Selection;
import io.sluice.testing.model.Selection.Choice;
import io.sluice.testing.model.Selector;
import io.sluice.testing.model.Step;
import io.sluice.testing.model.TestCase;
import io.sluice.testing.model.TestItem;
import io.sluice.testing.model.TestLibrary;
import io.sluice.testing.model.TestSuite;
import io.sluice.testing.model.TestSuite.Entry;
import io.sluice.testing.model.TestSuite.Overrides;
import io.sluice.testing.model.reading.Draft;
import io.sluice.testing.store.AssetStore;
import io.sluice.testing.store.AssetVersionStore;
import io.sluice.testing.store.RecordingStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The library, from the database. A version never changes, so that what is pinned can be read
/// again on every node.
@Component
class StoredLibrary implements TestLibrary {
  private final AssetStore assets;
  private final AssetVersionStore versions;
  private final RecordingStore recordings;
  private final Shelves shelves;

  StoredLibrary(
      AssetStore assets, AssetVersionStore versions, RecordingStore recordings, Shelves shelves) {
    this.assets = assets;
    this.versions = versions;
    this.recordings = recordings;
    this.shelves = shelves;
  }

  @Override
  public Selection suite(TenantId tenant, String suite) {
    var row = shelves.present(tenant, AssetKind.SUITE, suite);
    var pinned = pinned(shelves.latest(tenant, row), AssetKind.SUITE, Draft::suite);
    var rows = chosen(tenant, pinned.definition());
    return selection(pinned, latestCases(tenant, rows), items -> latestItems(tenant, items));
  }

  /// What is named, in order, then what is selected, by priority and name.
  private List<AssetStore.Row> chosen(TenantId tenant, TestSuite suite) {
    var names = suite.entries().stream().map(Entry::testCase).toList();
    var named =
        assets.find(tenant, AssetKind.CASE, names).stream()
            .collect(Collectors.toMap(AssetStore.Row::name, Function.identity()));
    var rows = new ArrayList<AssetStore.Row>();
    names.stream().filter(named::containsKey).map(named::get).forEach(rows::add);
    var select = suite.select();
    if (select != null) {
      assets.all(tenant, AssetKind.CASE).stream()
          .filter(row -> !named.containsKey(row.name()) && select.test(subject(row)))
          .sorted(Comparator.comparing(StoredLibrary::priority).thenComparing(AssetStore.Row::name))
          .forEach(rows::add);
    }
    return rows;
  }

  private static Selector.Subject subject(AssetStore.Row row) {
    return new Selector.Subject(
        row.name(),
        Objects.requireNonNull(row.type(), "a case has a type"),
        priority(row),
        row.tags(),
        row.languages());
  }

  private static int priority(AssetStore.Row row) {
    return Objects.requireNonNull(row.priority(), "a case has a priority");
  }

  private List<Pinned<TestCase>> latestCases(TenantId tenant, List<AssetStore.Row> rows) {
    var ids = rows.stream().map(AssetStore.Row::id).distinct().toList();
    var found =
        versions.latest(tenant, ids).stream()
            .collect(Collectors.toMap(AssetVersionStore.Row::asset, Function.identity()));
    return ids.stream()
        .map(found::get)
        .filter(Objects::nonNull)
        .map(row -> pinned(Objects.requireNonNull(row), AssetKind.CASE, Draft::testCase))
        .toList();
  }

  @Override
  public Selection cases(TenantId tenant, List<String> cases) {
    var rows = cases.stream().map(c -> shelves.present(tenant, AssetKind.CASE, c)).toList();
    return selection(null, latestCases(tenant, rows), items -> latestItems(tenant, items));
  }

  @Override
  public Selection pinned(Selection.Pins pins) {
    var wanted = new ArrayList<>(pins.cases());
    wanted.addAll(pins.items());
    if (pins.suite() != null) {
      wanted.add(pins.suite());
    }
    var found =
        versions.find(wanted).stream()
            .collect(Collectors.toMap(AssetVersionStore.Row::id, Function.identity()));
    var suite =
        pins.suite() == null
            ? null
            : pinned(one(found, pins.suite()), AssetKind.SUITE, Draft::suite);
    var cases =
        pins.cases().stream()
            .map(id -> pinned(one(found, id), AssetKind.CASE, Draft::testCase))
            .toList();
    var items = new LinkedHashMap<String, Pinned<TestItem>>();
    for (var id : pins.items()) {
      var item = pinned(one(found, id), AssetKind.ITEM, Draft::item);
      items.put(item.definition().name(), item);
    }
    return selection(suite, cases, _ -> items);
  }

  private static AssetVersionStore.Row one(Map<UUID, AssetVersionStore.Row> found, UUID id) {
    var row = found.get(id);
    if (row == null) {
      throw new IllegalStateException("version " + id + " of a test is gone");
    }
    return row;
  }

  private static <T> Pinned<T> pinned(
      AssetVersionStore.Row row, AssetKind kind, Function<Draft, T> decoder) {
    return new Pinned<>(
        row.asset(), row.id(), row.version(), decoder.apply(Draft.stored(kind, row.definition())));
  }

  private static Selection selection(
      @Nullable Pinned<TestSuite> suite,
      List<Pinned<TestCase>> cases,
      Function<Set<String>, Map<String, Pinned<TestItem>>> library) {
    var used = new TreeSet<String>();
    cases.forEach(c -> used.addAll(uses(c.definition().steps())));
    var items = library.apply(used);
    var entries =
        suite == null
            ? Map.<String, Entry>of()
            : suite.definition().entries().stream()
                .collect(Collectors.toMap(Entry::testCase, Function.identity()));
    var choices =
        cases.stream().map(c -> choice(c, entries.get(c.definition().name()), items)).toList();
    return new Selection(suite, choices, items);
  }

  private static Choice choice(
      Pinned<TestCase> pinned, @Nullable Entry entry, Map<String, Pinned<TestItem>> items) {
    var overrides = entry == null ? Overrides.NONE : entry.overrides();
    if (entry != null && entry.skipped() != null) {
      return new Choice(pinned, overrides, entry.skipped());
    }
    var missing = missing(pinned.definition().steps(), items);
    return new Choice(
        pinned,
        overrides,
        missing == null ? null : "It uses test item '" + missing + "', which is not there");
  }

  private static @Nullable String missing(List<Step> steps, Map<String, Pinned<TestItem>> items) {
    for (var name : uses(steps)) {
      var item = items.get(name);
      var inside = item == null ? name : missing(item.definition().steps(), items);
      if (inside != null) {
        return inside;
      }
    }
    return null;
  }

  private static Set<String> uses(List<Step> steps) {
    var names = new TreeSet<String>();
    for (var step : steps) {
      if (step instanceof ItemStep use) {
        names.add(use.item());
      }
    }
    return names;
  }

  /// Items, and those that they use.
  private Map<String, Pinned<TestItem>> latestItems(TenantId tenant, Set<String> names) {
    var all = new LinkedHashMap<String, Pinned<TestItem>>();
    Set<String> next = names;
    while (!next.isEmpty()) {
      var more = new TreeSet<String>();
      for (var item : items(tenant, next)) {
        all.put(item.definition().name(), item);
        more.addAll(uses(item.definition().steps()));
      }
      more.removeAll(all.keySet());
      next = more;
    }
    return all;
  }

  private List<Pinned<TestItem>> items(TenantId tenant, Collection<String> names) {
    var ids = assets.find(tenant, AssetKind.ITEM, names).stream().map(AssetStore.Row::id).toList();
    return versions.latest(tenant, ids).stream()
        .map(row -> pinned(row, AssetKind.ITEM, Draft::item))
        .toList();
  }

  @Override
  public byte[] recording(TenantId tenant, Recording recording) {
    if (recording.base64() != null) {
      return Base64.getMimeDecoder().decode(recording.base64());
    }
    var sha256 = String.valueOf(recording.sha256());
    return recordings
        .find(tenant, sha256)
        .orElseThrow(() -> Unknown.recording(recording.file(), sha256));
  }
}
