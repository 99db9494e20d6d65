package io.sluice.testing;

import io.sluice.platform.Problem;
import io.sluice.sources.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can go wrong for those who define tests.
public abstract sealed class TestingProblem extends Problem {
  private TestingProblem(Sort sort, String code, String detail) {
    super(sort, code, detail);
  }

  private TestingProblem(String code, String detail, List<Fault> faults) {
    super(Sort.INVALID, code, detail, faults, null);
  }

  /// There is no such asset or version.
  public static final class Unknown extends TestingProblem {
    private Unknown(String code, String detail) {
      super(Sort.NOT_FOUND, code, detail);
    }

    /// An asset.
    public static Unknown asset(AssetKind kind, Object idOrName) {
      return new Unknown(
          "UNKNOWN_TEST_" + kind.name(), "There is no " + kind.words() + " '" + idOrName + "'");
    }

    /// A recording.
    public static Unknown recording(@Nullable String file, String sha256) {
      return new Unknown(
          "UNKNOWN_RECORDING",
          "There is no recording " + file + " with the hash " + sha256 + "; import it again");
    }

    /// A version of one.
    public static Unknown version(Object asset, int version) {
      return new Unknown(
          "UNKNOWN_VERSION",
          "'" + asset + "' has no version " + version + "; list its versions to see which it has");
    }
  }

  /// A definition breaks rules.
  public static final class Invalid extends TestingProblem {
    private final List<Finding> findings;

    /// Names all of them.
    public Invalid(List<Finding> findings) {
      super(
          "INVALID_DEFINITION",
          "The definition has "
              + (findings.size() == 1 ? "a mistake" : findings.size() + " mistakes")
              + "; 'errors' has each with its place and what to do",
          findings.stream().map(f -> new Fault(f.pointer(), f.detail())).toList());
      this.findings = List.copyOf(findings);
    }

    /// All that is wrong, in order of place.
    public List<Finding> findings() {
      return findings;
    }
  }

  /// Files of an import break rules; nothing was stored.
  public static final class BadFiles extends TestingProblem {
    private final TestFiles.Outcome outcome;

    /// Names all of them.
    public BadFiles(TestFiles.Outcome outcome) {
      long files = outcome.files().stream().filter(f -> !f.errors().isEmpty()).count();
      super(
          "INVALID_FILES",
          (files == 1 ? "A file has mistakes" : files + " files have mistakes")
              + ", so that nothing was stored; 'errors' has each with its file and place",
          List.of());
      this.outcome = outcome;
    }

    /// File by file.
    public TestFiles.Outcome outcome() {
      return outcome;
    }
  }

  /// The name belongs to another one.
  public static final class NameTaken extends TestingProblem {
    /// Says whose.
    public NameTaken(AssetKind kind, String name) {
      super(
          Sort.CONFLICT,
          "ASSET_NAME_TAKEN",
          "There is a "
              + kind.words()
              + " '"
              + name
              + "' with another definition; PUT to /api/v1/"
              + kind.route()
              + " makes a new version of it");
    }
  }

  /// Others use it.
  public static final class InUse extends TestingProblem {
    /// Names some of them.
    public InUse(String item, List<String> users) {
      super(
          Sort.CONFLICT,
          "ASSET_IN_USE",
          "Test item '"
              + item
              + "' is used by "
              + String.join(", ", users.stream().map(u -> "'" + u + "'").toList())
              + "; change them first");
    }
  }

  /// It was changed since the caller looked at it.
  public static final class Stale extends TestingProblem {
    /// Says what it is now.
    public Stale(String asset, int asked, int now) {
      super(
          Sort.STALE,
          "STALE",
          "'" + asset + "' is at " + now + ", not at " + asked + " any more; read it and repeat");
    }
  }
}
