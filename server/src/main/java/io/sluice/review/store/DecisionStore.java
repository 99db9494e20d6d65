package io.sluice.review.store;

import io.sluice.engine.TenantId;
import io.sluice.review.DecisionView;
import io.sluice.review.Reviews.Decision;
import io.sluice.review.Reviews.OpinionRule;
import io.sluice.review.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Decisions, precedents, and the rules of second opinions.
@Repository
public class DecisionStore {
  static final String INSERT =
      """
      insert into sluice.review_decision (decision_id, tenant_id, review_id, reviewer_id, verdict, note, labels, took_s)
      select :id, i.tenant_id, i.review_id, :reviewer, :verdict, :note, :labels::jsonb,
        greatest(extract(epoch from now() - coalesce(i.claimed_at, now())), 0)
      from sluice.review_item i where i.review_id = :review
      """;

  static final String OF_REVIEW =
      """
      select decision_id, review_id, reviewer_id, verdict, note, labels::text, took_s, decided_at, undone_at
      from sluice.review_decision where tenant_id = :tenant and review_id = :review order by decided_at, decision_id
      """;

  static final String UNDO =
      """
      update sluice.review_decision set undone_at = now()
      where tenant_id = :tenant and review_id = :review and reviewer_id = :reviewer and undone_at is null
        and decided_at > now() - :within::interval
      """;

  static final String PRECEDENT =
      """
      update sluice.review_precedent set used = used + 1
      where tenant_id = :tenant and outcome_key = :outcome and revoked_at is null
      returning verdict, review_id, decided_by
      """;

  static final String SET_PRECEDENT =
      """
      insert into sluice.review_precedent (tenant_id, outcome_key, verdict, review_id, decided_by)
      values (:tenant, :outcome, :verdict, :review, :reviewer)
      on conflict (tenant_id, outcome_key) do update
        set verdict = excluded.verdict, review_id = excluded.review_id, decided_by = excluded.decided_by,
            decided_at = now(), used = 0, revoked_at = null, revoked_by = null
      """;

  static final String REVOKE =
      """
      update sluice.review_precedent set revoked_at = now(), revoked_by = :who
      where tenant_id = :tenant and review_id = :review and revoked_at is null
      """;

  static final String SAME_OUTCOME =
      """
      select review_id from sluice.review_item
      where tenant_id = :tenant and outcome_key = :outcome and status = 'pending' and control is null
        and review_id <> :review
      order by review_id for update skip locked
      """;

  static final String SET_RULE =
      """
      insert into sluice.review_rule (tenant_id, group_name, band, share, opinions)
      values (:tenant, :group, :band, :share, :opinions)
      on conflict (tenant_id, group_name, band) do update set share = excluded.share, opinions = excluded.opinions
      """;

  static final String RULES =
      """
      select nullif(group_name, ''), nullif(band, ''), share, opinions from sluice.review_rule
      where tenant_id = :tenant order by group_name, band
      """;

  private final JdbcClient jdbc;

  DecisionStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// A verdict that holds for identical outcomes.
  public record Precedent(Verdict verdict, UUID review, UUID decidedBy) {}

  /// Stores a decision.
  public void insert(UUID id, UUID review, Decision decision) {
    jdbc.sql(INSERT)
        .param("id", id)
        .param("review", review)
        .param("reviewer", decision.reviewer())
        .param("verdict", decision.verdict().sql())
        .param("note", decision.note())
        .param("labels", decision.labelsJson())
        .update();
  }

  /// The decisions of an item, oldest first.
  public List<DecisionView> of(TenantId tenant, UUID review) {
    return jdbc.sql(OF_REVIEW)
        .param("tenant", tenant.value())
        .param("review", review)
        .query((row, _) ->
            new DecisionView(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getObject(3, UUID.class),
                Verdict.of(row.getString(4)),
                row.getString(5),
                row.getString(6),
                Duration.ofMillis(Math.round(row.getDouble(7) * 1000)),
                row.getTimestamp(8).toInstant(),
                ReviewRows.instant(row, 9)))
        .list();
  }

  /// Undoes a decision.
  ///
  /// @return false if there is none that is young enough
  public boolean undo(TenantId tenant, UUID reviewer, UUID review, Duration within) {
    return jdbc.sql(UNDO)
            .param("tenant", tenant.value())
            .param("review", review)
            .param("reviewer", reviewer)
            .param("within", within.toSeconds() + " seconds")
            .update()
        == 1;
  }

  /// The precedent of an outcome; counts that it was used.
  public Optional<Precedent> precedent(TenantId tenant, String outcome) {
    return jdbc.sql(PRECEDENT)
        .param("tenant", tenant.value())
        .param("outcome", outcome)
        .query((row, _) ->
            new Precedent(
                Verdict.of(row.getString(1)),
                row.getObject(2, UUID.class),
                row.getObject(3, UUID.class)))
        .optional();
  }

  /// Lets a verdict hold for identical outcomes.
  public void setPrecedent(TenantId tenant, String outcome, Precedent precedent) {
    jdbc.sql(SET_PRECEDENT)
        .param("tenant", tenant.value())
        .param("outcome", outcome)
        .param("verdict", precedent.verdict().sql())
        .param("review", precedent.review())
        .param("reviewer", precedent.decidedBy())
        .update();
  }

  /// Ends a precedent.
  public boolean revoke(TenantId tenant, UUID review, String who) {
    return jdbc.sql(REVOKE)
            .param("tenant", tenant.value())
            .param("review", review)
            .param("who", who)
            .update()
        > 0;
  }

  /// Items that wait and have the same outcome as one that was decided; locked.
  public List<UUID> sameOutcome(TenantId tenant, String outcome, UUID but) {
    return jdbc.sql(SAME_OUTCOME)
        .param("tenant", tenant.value())
        .param("outcome", outcome)
        .param("review", but)
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }

  /// Sets a rule.
  public void setRule(TenantId tenant, OpinionRule rule) {
    jdbc.sql(SET_RULE)
        .param("tenant", tenant.value())
        .param("group", orEmpty(rule.group()))
        .param("band", orEmpty(rule.band()))
        .param("share", rule.share())
        .param("opinions", rule.opinions())
        .update();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /// The rules.
  public List<OpinionRule> rules(TenantId tenant) {
    return jdbc.sql(RULES)
        .param("tenant", tenant.value())
        .query((row, _) ->
            new OpinionRule(row.getString(1), row.getString(2), row.getDouble(3), row.getInt(4)))
        .list();
  }
}
