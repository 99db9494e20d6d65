package io.sluice.cli;

import picocli.CommandLine.Option;

/// `--output`.
final class OutputOption {
  private enum Form {
    TABLE,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: table)")
  private Form form = Form.TABLE;

  boolean json() {
    return form == Form.JSON;
  }
}
