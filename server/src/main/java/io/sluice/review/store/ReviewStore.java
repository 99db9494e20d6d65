package io.sluice.review.store;

import io.sluice.engine.TenantId;
import io.sluice.review.ReviewRequest;
import io.sluice.review.ReviewView;
import io.sluice.review.Reviews.Filter;
import io.sluice.review.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Review items: in, listed, ended. Claims have a store of their own.
@Repository
public class ReviewStore {
  static final String INSERT =
      """
      insert into sluice.review_item (review_id, tenant_id, source, subject_id, group_name, title, language, native_only,
        skills, priority, confidence, payload, outcome_key, opinions_wanted, control)
      values (:id, :tenant, :source, :subject, :group, :title, :language, :native, :skills, :priority, :confidence,
        :payload::jsonb, :outcome, :opinions, :control)
      """;

  static final String ONE =
      "select "
          + ReviewRows.COLUMNS
          + " from sluice.review_item i where i.tenant_id = :tenant and i.review_id = :id";

  static final String OF_SUBJECT =
      "select "
          + ReviewRows.COLUMNS
          + " from sluice.review_item i where i.tenant_id = :tenant and i.subject_id = :subject and i.control is null"
          + " order by i.review_id desc limit 1";

  static final String LOCK =
      "select "
          + ReviewRows.COLUMNS
          + " from sluice.review_item i where i.tenant_id = :tenant and i.review_id = :id for update";

  static final String LIST =
      "select "
          + ReviewRows.COLUMNS
          + """
           from sluice.review_item i
          where i.tenant_id = :tenant
            and (:status::text is null or i.status = :status::text)
            and (:language::text is null or i.language = :language::text)
            and (:group::text is null or i.group_name = :group::text)
            and (:source::text is null or i.source = :source::text)
            and (:reviewer::uuid is null or i.claimed_by = :reviewer::uuid
              or exists (select from sluice.review_decision d
                         where d.review_id = i.review_id and d.reviewer_id = :reviewer::uuid and d.undone_at is null))
            and (:before::uuid is null or i.review_id < :before::uuid)
          order by i.review_id desc limit :limit
          """;

  static final String COMPLETE =
      """
      update sluice.review_item
      set status = 'completed', verdict = :verdict, reused_from = :reused, completed_at = now(), claimed_by = null,
        claimed_at = null, claim_until = null,
        opinions = (select count(*) from sluice.review_decision d where d.review_id = :id and d.undone_at is null)
      where review_id = :id and status in ('pending', 'claimed')
      """;

  static final String REOPEN =
      """
      update sluice.review_item
      set status = 'pending', verdict = null, reused_from = null, completed_at = null, claimed_by = null,
        claimed_at = null, claim_until = null,
        opinions = (select count(*) from sluice.review_decision d where d.review_id = :id and d.undone_at is null)
      where review_id = :id and status in ('pending', 'claimed', 'completed')
      """;

  /// Locked in order, so that two that withdraw the same do not wait for each other. Controls stay:
  /// they ask about the reviewer, not about the subject.
  static final String WITHDRAW =
      """
      update sluice.review_item
      set status = 'withdrawn', claimed_by = null, claimed_at = null, claim_until = null
      where review_id = any (array(
        select review_id from sluice.review_item
        where tenant_id = :tenant and subject_id = any (:subjects::uuid[]) and status in ('pending', 'claimed')
          and control is null
        order by review_id for update))
        and status in ('pending', 'claimed')
      """;

  static final String CLOSE =
      """
      update sluice.review_item
      set status = 'withdrawn', claimed_by = null, claimed_at = null, claim_until = null
      where tenant_id = :tenant and review_id = :id and status in ('pending', 'claimed')
      """;

  static final String REUSED =
      "select "
          + ReviewRows.COLUMNS
          + " from sluice.review_item i where i.tenant_id = :tenant and i.reused_from = :id for update";

  static final String EXTRA =
      "select control, outcome_key from sluice.review_item where review_id = :id";

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ReviewStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// What more is stored of a new item.
  ///
  /// @param control the known answer; null: not a control
  public record More(int opinions, @Nullable Verdict control) {}

  /// What reviewers are not shown.
  public record Hidden(@Nullable Verdict control, @Nullable String outcomeKey) {}

  /// Stores an item.
  public void insert(TenantId tenant, UUID id, ReviewRequest request, More more) {
    jdbc.sql(INSERT)
        .param("id", id)
        .param("tenant", tenant.value())
        .param("source", request.source())
        .param("subject", request.subject())
        .param("group", request.group())
        .param("title", request.title())
        .param("language", request.language())
        .param("native", request.needs().nativeSpeaker())
        .param("skills", request.needs().skills().toArray(String[]::new))
        .param("priority", request.priority())
        .param("confidence", request.confidence())
        .param("payload", json.writeValueAsString(request.payload()))
        .param("outcome", request.outcomeKey())
        .param("opinions", more.opinions())
        .param("control", more.control() == null ? null : more.control().sql())
        .update();
  }

  /// An item.
  public Optional<ReviewView> find(TenantId tenant, UUID id) {
    return one(ONE, tenant, id);
  }

  /// An item, locked until the transaction ends.
  public Optional<ReviewView> lock(TenantId tenant, UUID id) {
    return one(LOCK, tenant, id);
  }

  private Optional<ReviewView> one(String sql, TenantId tenant, UUID id) {
    return jdbc.sql(sql)
        .param("tenant", tenant.value())
        .param("id", id)
        .query(ReviewRows::read)
        .optional();
  }

  /// What reviewers are not shown of an item.
  public Hidden hidden(UUID id) {
    return jdbc.sql(EXTRA)
        .param("id", id)
        .query((row, _) -> new Hidden(ReviewRows.verdict(row, 1), row.getString(2)))
        .single();
  }

  /// The latest item about a subject.
  public Optional<ReviewView> ofSubject(TenantId tenant, UUID subject) {
    return jdbc.sql(OF_SUBJECT)
        .param("tenant", tenant.value())
        .param("subject", subject)
        .query(ReviewRows::read)
        .optional();
  }

  /// Items, newest first.
  public List<ReviewView> list(TenantId tenant, Filter filter, @Nullable UUID before, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("status", filter.status())
        .param("language", filter.language())
        .param("group", filter.group())
        .param("source", filter.source())
        .param("reviewer", filter.reviewer())
        .param("before", before)
        .param("limit", limit)
        .query(ReviewRows::read)
        .list();
  }

  /// Gives an item its verdict.
  ///
  /// @param reused the review whose verdict it is; null: a person decided this one
  /// @return false if it had ended already
  public boolean complete(UUID id, Verdict verdict, @Nullable UUID reused) {
    return jdbc.sql(COMPLETE)
            .param("id", id)
            .param("verdict", verdict.sql())
            .param("reused", reused)
            .update()
        == 1;
  }

  /// Takes back a decision of an item, and its verdict if it had one.
  public boolean reopen(UUID id) {
    return jdbc.sql(REOPEN).param("id", id).update() == 1;
  }

  /// Items that took over the verdict of one; locked.
  public List<ReviewView> reused(TenantId tenant, UUID from) {
    return jdbc.sql(REUSED)
        .param("tenant", tenant.value())
        .param("id", from)
        .query(ReviewRows::read)
        .list();
  }

  /// Takes back what was asked for some subjects.
  public int withdraw(TenantId tenant, Collection<UUID> subjects) {
    return jdbc.sql(WITHDRAW)
        .param("tenant", tenant.value())
        .param("subjects", subjects.stream().map(UUID::toString).toArray(String[]::new))
        .update();
  }

  /// Takes back one item.
  ///
  /// @return false if it had ended already
  public boolean close(TenantId tenant, UUID id) {
    return jdbc.sql(CLOSE).param("tenant", tenant.value()).param("id", id).update() == 1;
  }
}
