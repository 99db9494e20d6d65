package io.sluice.validation.model;

/// Something in a text that is either right or wrong, and never nearly right.
///
/// @param kind `number`, `quantity`, `time` or `date`
/// @param text its canonical form, e.g. `7.5`, `420 s`, `19:00`, `2026-07-04`
record Fact(String kind, String text) {
  /// As it stands in a canonical text: no word looks like it.
  String token() {
    return "<" + kind + " " + text + ">";
  }
}
