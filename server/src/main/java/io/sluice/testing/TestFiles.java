package io.sluice.testing;

import io.sluice.engine.TenantId;
import io.sluice.sources.Finding;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The door for folders of files: definitions, and the recordings that they name.
public interface TestFiles {
  /// A file.
  ///
  /// @param path relative, with slashes, e.g. `cases/lights-on.yaml`; what it ends with says what
  ///   it is: `.yaml`, `.yml`, `.json` or `.wav`
  record File(String path, byte[] content) {}

  /// What an import does with one file.
  ///
  /// @param kind null: a recording
  /// @param id null where nothing was stored
  /// @param action `created`, `updated` or `unchanged`; null: it has errors
  record Imported(
      String path,
      @Nullable AssetKind kind,
      @Nullable String name,
      @Nullable UUID id,
      @Nullable Integer version,
      @Nullable String action,
      List<Finding> errors,
      List<Finding> warnings) {}

  /// What became of an import.
  ///
  /// @param stored false for a dry run
  record Outcome(boolean stored, List<Imported> files) {}

  /// How to import.
  ///
  /// @param dryRun whether everything is only checked, against what is stored and each other
  record Order(boolean dryRun, String who) {}

  /// Stores all files, or none. Assets are found by their names; those that are in no file stay.
  ///
  /// @throws TestingProblem.BadFiles if one has an error, unless it is a dry run
  Outcome take(TenantId tenant, List<File> files, Order order);

  /// All that is there, one file an asset, at the path that it came from; recordings too.
  ///
  /// @param suite only what this one needs; null: everything
  List<File> give(TenantId tenant, @Nullable String suite);
}
