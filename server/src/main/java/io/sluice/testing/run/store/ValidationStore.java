package io.sluice.testing.run.store;

import io.sluice.engine.TenantId;
import io.sluice.review.VerdictListener.Decided;
import io.sluice.testing.run.ValidationView;
import io.sluice.validation.ValidationResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Validations, and what people said of them.
@Repository
public class ValidationStore {
  static final String INSERT =
      """
      insert into sluice.validation (validation_id, tenant_id, execution_id, run_id, confidence, mean, review_status,
        intent_match_score, entity_match_score, semantic_similarity_score, judge_score, word_error_rate, explanation,
        expected, outcome_key, audit, waited_s)
      values (:id, :tenant, :execution, :run, :confidence, :mean, :status, :intent, :entity, :semantic, :judge, :wer,
        :explanation::jsonb, :expected::jsonb, :outcomeKey, :audit, :waited)
      """;

  static final String REVIEWED =
      "update sluice.validation set review_id = :review where validation_id = :id";

  static final String DECIDE =
      """
      update sluice.validation
      set verdict = :verdict, verdict_by = :by, verdict_note = :note, verdict_labels = :labels::jsonb, verdict_at = :at,
        reused_from = :reused, review_id = :review
      where validation_id = :id
      """;

  static final String UNDO =
      """
      update sluice.validation
      set verdict = null, verdict_by = null, verdict_note = null, verdict_labels = null, verdict_at = null, reused_from = null
      where validation_id = :id
      """;

  static final String ONE =
      """
      select validation_id, execution_id, run_id, confidence, intent_match_score, entity_match_score,
        semantic_similarity_score, judge_score, review_status, word_error_rate, explanation::text as explanation,
        expected::text as expected, audit, review_id, verdict, verdict_by, verdict_note,
        verdict_labels::text as labels, verdict_at, reused_from, created_at
      from sluice.validation where tenant_id = :tenant and validation_id = :id
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ValidationStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// A validation to store.
  ///
  /// @param expected plain JSON
  /// @param waited seconds from the execution's end
  public record New(
      UUID id,
      UUID execution,
      UUID run,
      ValidationResult result,
      Object expected,
      String outcomeKey,
      boolean audit,
      double waited) {}

  /// Stores a validation.
  public void insert(TenantId tenant, New validation) {
    var result = validation.result();
    jdbc.sql(INSERT)
        .param("id", validation.id())
        .param("tenant", tenant.value())
        .param("execution", validation.execution())
        .param("run", validation.run())
        .param("confidence", result.confidence())
        .param("mean", result.mean())
        .param("status", result.status().sql())
        .param("intent", result.score("intent").orElse(null))
        .param("entity", result.score("entity").orElse(null))
        .param("semantic", result.score("semantic").orElse(null))
        .param("judge", result.score("judge").orElse(null))
        .param("wer", result.wordErrorRate())
        .param("explanation", json.writeValueAsString(result))
        .param("expected", json.writeValueAsString(validation.expected()))
        .param("outcomeKey", validation.outcomeKey())
        .param("audit", validation.audit())
        .param("waited", validation.waited())
        .update();
  }

  /// Notes the review that was asked for.
  public void reviewed(UUID id, UUID review) {
    jdbc.sql(REVIEWED).param("id", id).param("review", review).update();
  }

  /// Notes a verdict.
  public void decide(UUID id, Decided decided) {
    jdbc.sql(DECIDE)
        .param("id", id)
        .param("verdict", decided.verdict().sql())
        .param("by", decided.reviewer())
        .param("note", decided.note())
        .param("labels", decided.labelsJson())
        .param("at", decided.at().atOffset(ZoneOffset.UTC))
        .param("reused", decided.reusedFrom())
        .param("review", decided.review())
        .update();
  }

  /// Takes a verdict back.
  public void undo(UUID id) {
    jdbc.sql(UNDO).param("id", id).update();
  }

  /// A validation.
  public Optional<ValidationView> find(TenantId tenant, UUID id) {
    return jdbc.sql(ONE)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> read(row))
        .optional();
  }

  private ValidationView read(ResultSet row) throws SQLException {
    var confidence = row.getBigDecimal("confidence");
    var wer = row.getBigDecimal("word_error_rate");
    var labels = row.getString("labels");
    return new ValidationView(
        row.getObject("validation_id", UUID.class),
        row.getObject("execution_id", UUID.class),
        row.getObject("run_id", UUID.class),
        confidence.movePointRight(2),
        confidence,
        new ValidationView.Scores(
            row.getBigDecimal("intent_match_score"),
            row.getBigDecimal("entity_match_score"),
            row.getBigDecimal("semantic_similarity_score"),
            row.getBigDecimal("judge_score")),
        row.getString("review_status"),
        row.getString("review_status").equals("auto_pass"),
        "completed",
        wer == null ? null : wer.doubleValue(),
        json.readTree(row.getString("explanation")),
        json.readTree(row.getString("expected")),
        row.getBoolean("audit"),
        row.getObject("review_id", UUID.class),
        row.getString("verdict"),
        row.getObject("verdict_by", UUID.class),
        row.getString("verdict_note"),
        labels == null ? null : json.readTree(labels),
        RunRows.instant(row, "verdict_at"),
        row.getObject("reused_from", UUID.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
