package io.sluice.testing.work;

import io.sluice.platform.Digests;
import io.sluice.sources.Finding;
import io.sluice.sources.Source;
import io.sluice.sources.SourceFormat;
import io.sluice.testing.AssetKind;
import io.sluice.testing.TestFiles.File;
import io.sluice.testing.TestFiles.Imported;
import io.sluice.testing.model.reading.Clips;
import io.sluice.testing.model.reading.Draft;
import io.sluice.testing.model.reading.Links;
import io.sluice.testing.model.reading.Wav;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Files that are imported together: each may refer to the others.
final class Batch {
  /// A definition.
  record Entry(String path, Draft draft) {}

  /// What became of one.
  ///
  /// @param id null: nothing is stored
  record Done(@Nullable UUID id, int version, String action) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, String> hashes = new HashMap<>();
  private final Map<String, byte[]> recordings = new LinkedHashMap<>();
  private final List<Imported> others = new ArrayList<>();

  private Batch() {}

  /// Reads all files. Items come first, then cases, then suites, so that what is referred to is
  /// there; each kind by name, so that two imports lock rows in the same order.
  static Batch read(List<File> files) {
    var batch = new Batch();
    files.forEach(batch::add);
    batch.entries.sort(
        Comparator.comparing((Entry e) -> e.draft().kind()).thenComparing(e -> e.draft().name()));
    return batch;
  }

  private void add(File file) {
    var path = file.path();
    var lower = path.toLowerCase(Locale.ROOT);
    if (!isRelative(path)) {
      refuse(path, "BAD_PATH", "must be a relative path with slashes, without . and ..");
    } else if (lower.endsWith(".wav")) {
      recording(path, file.content());
    } else if (lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json")) {
      definition(path, file.content(), lower.endsWith(".json"));
    } else {
      refuse(path, "BAD_FILE", "is neither YAML, JSON nor WAV; its name must end with what it is");
    }
  }

  private static boolean isRelative(String path) {
    var parts = List.of(path.split("/", -1));
    return path.length() <= 300
        && path.chars().noneMatch(c -> c < ' ' || c == '\\' || c == ':')
        && parts.stream().noneMatch(p -> p.isEmpty() || p.equals(".") || p.equals(".."));
  }

  private void refuse(String path, String code, String detail) {
    var finding = new Finding(code, "", null, null, detail);
    others.add(new Imported(path, null, null, null, null, null, List.of(finding), List.of()));
  }

  private void recording(String path, byte[] content) {
    if (!Wav.is(content)) {
      refuse(path, "BAD_RECORDING", "is no WAV file, whatever its name says");
      return;
    }
    var sha256 = Digests.sha256(content);
    hashes.put(path, sha256);
    recordings.put(sha256, content);
  }

  private void definition(String path, byte[] content, boolean json) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      var source = new Source(text, json ? SourceFormat.JSON : SourceFormat.YAML);
      entries.add(new Entry(path, Draft.read(kind(path), source)));
    } catch (CharacterCodingException e) {
      refuse(path, "SYNTAX", "is not UTF-8");
    }
  }

  /// What the folder says, if it says anything.
  private static @Nullable AssetKind kind(String path) {
    var folders = List.of(path.split("/"));
    for (int i = folders.size() - 2; i >= 0; i--) {
      for (var kind : AssetKind.values()) {
        if (kind.folder().equals(folders.get(i))) {
          return kind;
        }
      }
    }
    return null;
  }

  /// Checks what they say of each other, and of what is stored.
  void check(Links.Others stored, Clips.Place kept) {
    duplicates();
    var both = new Both(stored);
    for (var entry : entries) {
      Clips.resolve(entry.draft(), new Along(entry.path(), kept));
      Links.check(entry.draft(), both);
    }
  }

  private void duplicates() {
    var first = new HashMap<String, String>();
    for (var entry : entries) {
      var name = entry.draft().name();
      var before = first.putIfAbsent(entry.draft().kind() + " " + name, entry.path());
      if (before != null && !name.isEmpty()) {
        entry
            .draft()
            .error(
                "DUPLICATE_NAME",
                "/name",
                "The file "
                    + before
                    + " has a "
                    + entry.draft().kind().words()
                    + " of this name too");
      }
    }
  }

  boolean valid() {
    return others.stream().allMatch(f -> f.errors().isEmpty())
        && entries.stream().allMatch(e -> e.draft().valid());
  }

  /// Recordings that came along, by their hashes.
  Map<String, byte[]> recordings() {
    return recordings;
  }

  /// File by file.
  ///
  /// @param done what becomes of a valid one
  List<Imported> told(Function<Entry, Done> done) {
    var all = new ArrayList<>(others);
    hashes.keySet().stream()
        .sorted()
        .forEach(path ->
            all.add(new Imported(path, null, null, null, null, null, List.of(), List.of())));
    for (var entry : entries) {
      var draft = entry.draft();
      var result = draft.valid() ? done.apply(entry) : null;
      all.add(
          new Imported(
              entry.path(),
              draft.kind(),
              draft.name(),
              result == null ? null : result.id(),
              result == null ? null : result.version(),
              result == null ? null : result.action(),
              draft.errors(),
              draft.warnings()));
    }
    return all;
  }

  /// Recordings of this import come before those that are stored.
  private final class Along implements Clips.Place {
    private final String from;
    private final Clips.Place kept;

    Along(String from, Clips.Place kept) {
      this.from = from;
      this.kept = kept;
    }

    @Override
    public Optional<String> hash(Clips.Clip clip) {
      return Optional.ofNullable(clip.path(from)).map(hashes::get);
    }

    @Override
    public boolean kept(String sha256) {
      return recordings.containsKey(sha256) || kept.kept(sha256);
    }
  }

  /// Assets of this import come before those that are stored.
  private final class Both implements Links.Others {
    private final Links.Others stored;

    Both(Links.Others stored) {
      this.stored = stored;
    }

    private Optional<Draft> here(AssetKind kind, String name) {
      return entries.stream()
          .map(Entry::draft)
          .filter(d -> d.kind() == kind && d.name().equals(name))
          .findFirst();
    }

    @Override
    public Optional<Map<String, @Nullable Object>> item(String name) {
      var here = here(AssetKind.ITEM, name).map(Draft::json);
      return here.isPresent() ? here : stored.item(name);
    }

    @Override
    public boolean hasCase(String name) {
      return here(AssetKind.CASE, name).isPresent() || stored.hasCase(name);
    }

    @Override
    public Collection<String> names(AssetKind kind) {
      var names = new TreeSet<>(stored.names(kind));
      entries.stream()
          .map(Entry::draft)
          .filter(d -> d.kind() == kind)
          .forEach(d -> names.add(d.name()));
      return names;
    }
  }
}
