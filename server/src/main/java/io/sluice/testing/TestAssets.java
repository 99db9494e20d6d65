package io.sluice.testing;

import io.sluice.engine.TenantId;
import io.sluice.sources.Finding;
import io.sluice.sources.Source;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The door to items, cases and suites. Each is named by its id or its name.
public interface TestAssets {
  /// Whose, and of which kind.
  record Shelf(TenantId tenant, AssetKind kind) {}

  /// What became of a definition.
  ///
  /// @param changed false if it is the one that was the latest already: there is no new version
  /// @param warnings what might be a mistake
  record Saved(AssetView asset, boolean changed, List<Finding> warnings) {}

  /// Whether a text is a definition.
  ///
  /// @param kind what it was taken for
  record Checked(AssetKind kind, boolean valid, List<Finding> errors, List<Finding> warnings) {}

  /// Who changes something, having seen what.
  ///
  /// @param expected the version that the caller has seen; null: whatever it is
  record Edit(String who, @Nullable Integer expected) {}

  /// Which assets; what is null is not asked.
  ///
  /// @param name a part of the name, whatever its case
  /// @param archived whether deleted ones are meant, and not those that are there
  record Filter(
      @Nullable String name, @Nullable String tag, @Nullable CaseType type, boolean archived) {
    /// Whatever is there.
    public static final Filter NONE = new Filter(null, null, null, false);
  }

  /// A case that a suite would run.
  ///
  /// @param skipped why it is not run; null: it is
  record Chosen(
      UUID id,
      int version,
      String name,
      CaseType type,
      int priority,
      List<String> languages,
      @Nullable String skipped) {}

  /// Checks a definition, as far as it refers to others against what is stored, and keeps nothing.
  ///
  /// @param kind null: what it looks like
  Checked validate(TenantId tenant, @Nullable AssetKind kind, Source source);

  /// The JSON Schema of definitions of a kind.
  Object schema(AssetKind kind);

  /// Makes an asset with version 1; or does nothing if one of that name has this definition.
  ///
  /// @throws TestingProblem.Invalid if the definition breaks a rule
  /// @throws TestingProblem.NameTaken if one of that name has another definition
  Saved create(Shelf shelf, Source source, String who);

  /// Makes a new version, if the definition is another one than the latest.
  ///
  /// @throws TestingProblem.Stale if it is another one now
  Saved update(Shelf shelf, String asset, Source source, Edit edit);

  /// An asset with its latest definition; by its id also a deleted one.
  ///
  /// @throws TestingProblem.Unknown if there is none
  AssetView get(Shelf shelf, String asset);

  /// Assets, newest first.
  ///
  /// @param before only those older than this one; null: from the newest
  List<AssetView> list(Shelf shelf, Filter filter, @Nullable UUID before, int limit);

  /// Takes an asset away. Runs that have pinned it go on; the name is free again.
  void delete(Shelf shelf, String asset, Edit edit);

  /// Versions, newest first.
  ///
  /// @param before only those below this number; null: from the newest
  List<AssetVersion> versions(Shelf shelf, String asset, @Nullable Integer before, int limit);

  /// One version, with its source.
  AssetVersion version(Shelf shelf, String asset, int version);

  /// What changed between two versions.
  AssetVersion.Diff diff(Shelf shelf, String asset, int from, int to);

  /// What a suite would run now, in order.
  List<Chosen> selection(TenantId tenant, String suite);
}
