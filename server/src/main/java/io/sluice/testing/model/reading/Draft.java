package io.sluice.testing.model.reading;

import io.sluice.sources.Canonical;
import io.sluice.sources.Finding;
import io.sluice.sources.Findings;
import io.sluice.sources.Plain;
import io.sluice.sources.Source;
import io.sluice.sources.SourceFormat;
import io.sluice.sources.SourceReader;
import io.sluice.testing.AssetKind;
import io.sluice.testing.model.TestCase;
import io.sluice.testing.model.TestItem;
import io.sluice.testing.model.TestSuite;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A text that is to become an asset, and what was found in it so far.
public final class Draft {
  /// No definition is longer, in UTF-8; recordings in it count.
  public static final int MOST_BYTES = 4 << 20;

  private final AssetKind kind;
  private final Source source;
  private final Map<String, @Nullable Object> json;
  private final Findings findings;

  private Draft(
      AssetKind kind, Source source, Map<String, @Nullable Object> json, Findings findings) {
    this.kind = kind;
    this.source = source;
    this.json = json;
    this.findings = findings;
  }

  /// Reads a text, and checks all of it that needs no other asset.
  ///
  /// @param kind null: what it looks like
  public static Draft read(@Nullable AssetKind kind, Source source) {
    var findings = new Findings();
    if (source.text().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      findings.error("TOO_LARGE", "", "The definition has more than " + MOST_BYTES + " bytes");
      return new Draft(kind == null ? AssetKind.CASE : kind, source, Map.of(), findings);
    }
    var value = SourceReader.read(source.text(), source.format(), findings);
    var json = Plain.map(value);
    var known = kind == null ? guess(json) : kind;
    if (value == null && findings.hasErrors()) {
      return new Draft(known, source, json, findings);
    }
    Schemas.of(known).check(value, findings);
    new NameRule(findings).check(json.get("name"));
    switch (known) {
      case CASE -> new CaseRules(findings).check(json);
      case ITEM -> new ItemRules(findings).check(json);
      case SUITE -> new SuiteRules(findings).check(json);
    }
    return new Draft(known, source, json, findings);
  }

  /// A definition that was stored, and valid then.
  ///
  /// @param json canonical JSON
  public static Draft stored(AssetKind kind, String json) {
    var findings = new Findings();
    var value = SourceReader.read(json, SourceFormat.JSON, findings);
    return new Draft(kind, new Source(json, SourceFormat.JSON), Plain.map(value), findings);
  }

  /// What a definition looks like: only cases have a type, only suites choose cases.
  private static AssetKind guess(Map<String, @Nullable Object> json) {
    if (json.containsKey("type")
        || json.containsKey("languages")
            && !json.containsKey("cases")
            && !json.containsKey("select")) {
      return AssetKind.CASE;
    }
    return json.containsKey("steps") ? AssetKind.ITEM : AssetKind.SUITE;
  }

  /// What it is taken for.
  public AssetKind kind() {
    return kind;
  }

  /// As it was given.
  public Source source() {
    return source;
  }

  /// What it says, as plain JSON; of the right shape if it has no errors.
  public Map<String, @Nullable Object> json() {
    return json;
  }

  /// What it calls itself; empty if it does not say.
  public String name() {
    return Plain.text(json.get("name"));
  }

  /// The hash by which equal definitions are known.
  public String sha256() {
    return Canonical.sha256(json);
  }

  /// Tells something that only those know who know more than the text.
  ///
  /// @param pointer to what it is about
  public void error(String code, String pointer, String detail) {
    findings.error(code, pointer, detail);
  }

  /// What was found so far; more may be told.
  Findings findings() {
    return findings;
  }

  /// Whether it can be used.
  public boolean valid() {
    return !findings.hasErrors();
  }

  /// All that is wrong, in order of place.
  public List<Finding> errors() {
    return findings.errors();
  }

  /// What might be a mistake, in order of place.
  public List<Finding> warnings() {
    return findings.warnings();
  }

  /// The case that a valid draft is.
  public TestCase testCase() {
    return new CaseDecoder(json).testCase();
  }

  /// The item that a valid draft is.
  public TestItem item() {
    return ItemDecoder.item(json);
  }

  /// The suite that a valid draft is.
  public TestSuite suite() {
    return new SuiteDecoder(json).suite();
  }
}
