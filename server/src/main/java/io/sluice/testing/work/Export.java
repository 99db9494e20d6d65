package io.sluice.testing.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.engine.TenantId;
import io.sluice.sources.Canonical;
import io.sluice.sources.Plain;
import io.sluice.sources.Yaml;
import io.sluice.testing.AssetKind;
import io.sluice.testing.TestFiles.File;
import io.sluice.testing.model.TestLibrary;
import io.sluice.testing.model.reading.Clips;
import io.sluice.testing.store.AssetStore;
import io.sluice.testing.store.AssetVersionStore;
import io.sluice.testing.store.RecordingStore;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Makes files of what is stored: each asset's where it came from, as it was written; what came
/// from no file gets one named after it.
@Component
class Export {
  private final AssetStore assets;
  private final AssetVersionStore versions;
  private final RecordingStore recordings;
  private final TestLibrary library;

  Export(
      AssetStore assets,
      AssetVersionStore versions,
      RecordingStore recordings,
      TestLibrary library) {
    this.assets = assets;
    this.versions = versions;
    this.recordings = recordings;
    this.library = library;
  }

  List<File> everything(TenantId tenant) {
    var rows = new ArrayList<AssetStore.Row>();
    for (var kind : AssetKind.values()) {
      rows.addAll(assets.all(tenant, kind));
    }
    return files(tenant, rows);
  }

  List<File> suite(TenantId tenant, String suite) {
    var selection = library.suite(tenant, suite);
    var ids = new ArrayList<UUID>();
    ids.add(Objects.requireNonNull(selection.suite()).id());
    selection.choices().forEach(c -> ids.add(c.pinned().id()));
    selection.items().values().forEach(i -> ids.add(i.id()));
    var rows = new ArrayList<AssetStore.Row>();
    for (var kind : AssetKind.values()) {
      assets.all(tenant, kind).stream().filter(r -> ids.contains(r.id())).forEach(rows::add);
    }
    return files(tenant, rows);
  }

  private List<File> files(TenantId tenant, List<AssetStore.Row> rows) {
    var latest =
        versions.latest(tenant, rows.stream().map(AssetStore.Row::id).toList()).stream()
            .collect(Collectors.toMap(AssetVersionStore.Row::asset, Function.identity()));
    var files = new TreeMap<String, byte[]>();
    for (var row : rows) {
      var version = latest.get(row.id());
      if (version != null) {
        var path = free(path(row), files);
        files.put(path, text(version, path).getBytes(UTF_8));
        recordings(tenant, version, path, files);
      }
    }
    return files.entrySet().stream().map(e -> new File(e.getKey(), e.getValue())).toList();
  }

  private static String path(AssetStore.Row row) {
    return row.path() != null
        ? row.path()
        : row.kind().folder() + "/" + slug(row.name(), row.id()) + ".yaml";
  }

  private static String slug(String name, UUID id) {
    var plain =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return plain.isEmpty() ? id.toString() : plain;
  }

  /// Two assets may have come from the same path, at different times.
  private static String free(String path, Map<String, byte[]> taken) {
    int dot = path.lastIndexOf('.');
    var free = path;
    for (int i = 2; taken.containsKey(free); i++) {
      free = path.substring(0, dot) + "-" + i + path.substring(dot);
    }
    return free;
  }

  private static String text(AssetVersionStore.Row version, String path) {
    boolean json = path.toLowerCase(Locale.ROOT).endsWith(".json");
    if (json == version.format().equals("json")) {
      return version.source();
    }
    var value = Canonical.read(version.definition());
    return json ? Canonical.json(value) + "\n" : Yaml.write(value);
  }

  private void recordings(
      TenantId tenant, AssetVersionStore.Row version, String path, Map<String, byte[]> files) {
    for (var clip : Clips.of(Plain.map(Canonical.read(version.definition())))) {
      var place = clip.path(path);
      if (place != null) {
        recordings.find(tenant, clip.sha256()).ifPresent(bytes -> files.putIfAbsent(place, bytes));
      }
    }
  }
}
