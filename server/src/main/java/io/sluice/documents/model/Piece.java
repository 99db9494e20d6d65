package io.sluice.documents.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of the canonical text that is not cut again: a block, or a row, line or sentence of a
/// block that was too long.
///
/// @param section counts headings; pieces between two headings share it
/// @param tableHeader the header row above a row of a table that was cut, else null
record Piece(
    int start,
    int end,
    Kind kind,
    int section,
    List<String> headings,
    @Nullable String tableHeader) {

  enum Kind {
    HEADING,
    PROSE,
    TABLE,
    FENCE
  }

  Piece cut(int from, int to, @Nullable String header) {
    return new Piece(from, to, kind, section, headings, header);
  }
}
