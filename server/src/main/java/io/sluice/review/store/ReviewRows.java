package io.sluice.review.store;

import io.sluice.review.ReviewView;
import io.sluice.review.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a review item is read.
final class ReviewRows {
  static final String COLUMNS =
      """
      i.review_id, i.source, i.subject_id, i.group_name, i.title, i.language, i.native_only, i.skills, i.priority,
      i.confidence, i.payload::text, i.status, i.claimed_by, i.claimed_at, i.claim_until, i.claim_number,
      i.opinions_wanted, i.opinions, i.verdict, i.reused_from, i.created_at, i.completed_at
      """;

  private ReviewRows() {}

  static ReviewView read(ResultSet row, int ignored) throws SQLException {
    return new ReviewView(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getObject(3, UUID.class),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getBoolean(7),
        List.of((String[]) row.getArray(8).getArray()),
        row.getInt(9),
        row.getBigDecimal(10),
        row.getString(11),
        row.getString(12),
        row.getObject(13, UUID.class),
        instant(row, 14),
        instant(row, 15),
        row.getInt(16),
        row.getInt(17),
        row.getInt(18),
        verdict(row, 19),
        row.getObject(20, UUID.class),
        row.getTimestamp(21).toInstant(),
        instant(row, 22));
  }

  static @Nullable Verdict verdict(ResultSet row, int column) throws SQLException {
    var name = row.getString(column);
    return name == null ? null : Verdict.of(name);
  }

  static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }
}
