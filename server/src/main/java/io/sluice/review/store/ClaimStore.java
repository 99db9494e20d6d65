package io.sluice.review.store;

import io.sluice.engine.TenantId;
import io.sluice.review.ReviewView;
import io.sluice.review.ReviewerView;
import io.sluice.review.Reviews;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Claims. That nobody else gets the same item is the database's doing: each claim skips what
/// another one has locked.
@Repository
public class ClaimStore {
  /// Claims that have run out, back into the queue; a few at a time, as part of the next claim.
  static final String EXPIRE =
      """
      update sluice.review_item
      set status = 'pending', claimed_by = null, claimed_at = null, claim_until = null
      where review_id = any (array(
        select review_id from sluice.review_item where status = 'claimed' and claim_until < now()
        limit 100 for update skip locked))
        and status = 'claimed' and claim_until < now()
      """;

  private static final String MAY =
      """
      (split_part(i.language, '-', 1) = any (:native) or (not i.native_only and split_part(i.language, '-', 1) = any (:fluent)))
      and i.skills <@ :skills::text[]
      and not exists (select from sluice.review_decision d
                      where d.review_id = i.review_id and d.reviewer_id = :reviewer and d.undone_at is null)
      """;

  /// Reads `review_next` in its order and stops at the first item that fits. The planner takes a
  /// `case` to be true of every other row. Of the conditions themselves it would believe that
  /// hardly any row fits, read all that is pending for each claim, and sort what it finds.
  static final String NEXT =
      """
      update sluice.review_item i
      set status = 'claimed', claimed_by = :reviewer, claimed_at = now(), claim_until = now() + :lease::interval,
        claim_number = i.claim_number + 1
      where i.review_id = (
        select i.review_id from sluice.review_item i
        where i.tenant_id = :tenant and i.status = 'pending' and case when
          (:language::text is null or i.language = :language::text)
          and (:group::text is null or i.group_name = :group::text)
          and split_part(i.language, '-', 1) <> all (:refused)
          and
      """
          + MAY
          + """
            then true else false end
            order by i.priority, i.created_at, i.review_id limit 1 for update skip locked)
            and i.status = 'pending'
          returning
          """
          + ReviewRows.COLUMNS;

  static final String THIS =
      """
      update sluice.review_item i
      set status = 'claimed', claimed_by = :reviewer, claimed_at = now(), claim_until = now() + :lease::interval,
        claim_number = i.claim_number + 1
      where i.tenant_id = :tenant and i.review_id = :id
        and (i.status = 'pending' or (i.status = 'claimed' and i.claim_until < now())) and
      """
          + MAY
          + " returning "
          + ReviewRows.COLUMNS;

  static final String PROLONG =
      """
      update sluice.review_item i set claim_until = now() + :lease::interval
      where i.tenant_id = :tenant and i.review_id = :id and i.status = 'claimed' and i.claimed_by = :reviewer
      returning
      """
          + ReviewRows.COLUMNS;

  static final String RELEASE =
      """
      update sluice.review_item i set status = 'pending', claimed_by = null, claimed_at = null, claim_until = null
      where i.tenant_id = :tenant and i.review_id = :id and i.status = 'claimed' and i.claimed_by = :reviewer
      returning
      """
          + ReviewRows.COLUMNS;

  /// An opinion was given and more are wanted.
  static final String COUNT_OPINION =
      """
      update sluice.review_item i
      set opinions = i.opinions + 1, status = 'pending', claimed_by = null, claimed_at = null, claim_until = null
      where i.review_id = :id and i.status = 'claimed'
      """;

  private final JdbcClient jdbc;

  ClaimStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// What to look for.
  ///
  /// @param refused primary languages that the reviewer may not take now
  public record Wanted(@Nullable String language, @Nullable String group, Set<String> refused) {}

  /// Puts back what nobody decided in time.
  public int expire() {
    return jdbc.sql(EXPIRE).update();
  }

  /// Claims the next item.
  public Optional<ReviewView> next(TenantId tenant, ReviewerView reviewer, Wanted wanted) {
    return bound(jdbc.sql(NEXT), tenant, reviewer)
        .param("language", wanted.language())
        .param("group", wanted.group())
        .param("refused", wanted.refused().toArray(String[]::new))
        .query(ReviewRows::read)
        .optional();
  }

  /// Claims this item.
  ///
  /// @return empty if it is not free, or not for this reviewer
  public Optional<ReviewView> claim(TenantId tenant, ReviewerView reviewer, UUID id) {
    return bound(jdbc.sql(THIS), tenant, reviewer)
        .param("id", id)
        .query(ReviewRows::read)
        .optional();
  }

  private static JdbcClient.StatementSpec bound(
      JdbcClient.StatementSpec sql, TenantId tenant, ReviewerView reviewer) {
    return sql.param("tenant", tenant.value())
        .param("reviewer", reviewer.id())
        .param("lease", lease())
        .param("native", primaries(reviewer.nativeLanguages()))
        .param("fluent", both(reviewer))
        .param("skills", reviewer.skills().toArray(String[]::new));
  }

  private static String lease() {
    return Reviews.CLAIM.toSeconds() + " seconds";
  }

  private static String[] primaries(Set<String> languages) {
    return languages.stream()
        .map(tag -> Locale.forLanguageTag(tag).getLanguage())
        .distinct()
        .toArray(String[]::new);
  }

  private static String[] both(ReviewerView reviewer) {
    var all = new java.util.HashSet<>(reviewer.nativeLanguages());
    all.addAll(reviewer.fluentLanguages());
    return primaries(all);
  }

  /// Prolongs a claim.
  public Optional<ReviewView> prolong(TenantId tenant, UUID reviewer, UUID id) {
    return held(PROLONG, tenant, reviewer, id)
        .param("lease", lease())
        .query(ReviewRows::read)
        .optional();
  }

  /// Gives an item back.
  public Optional<ReviewView> release(TenantId tenant, UUID reviewer, UUID id) {
    return held(RELEASE, tenant, reviewer, id).query(ReviewRows::read).optional();
  }

  private JdbcClient.StatementSpec held(String sql, TenantId tenant, UUID reviewer, UUID id) {
    return jdbc.sql(sql)
        .param("tenant", tenant.value())
        .param("id", id)
        .param("reviewer", reviewer);
  }

  /// Notes an opinion and puts the item back for the next reviewer.
  public void countOpinion(UUID id) {
    jdbc.sql(COUNT_OPINION).param("id", id).update();
  }
}
