package io.sluice.notifications.store;

import io.sluice.engine.TenantId;
import io.sluice.notifications.ChannelType;
import io.sluice.notifications.NotificationState;
import io.sluice.notifications.NotificationView;
import io.sluice.notifications.Notifications.Filter;
import io.sluice.notifications.Occasion;
import io.sluice.notifications.model.Message;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Notifications.
@Repository
public class NotificationStore {
  /// Nothing is inserted for a channel that is gone meanwhile, nor a second time.
  static final String INSERT =
      """
      insert into sluice.notification (notification_id, tenant_id, channel_id, recipient, type, occasion, subject, run_id,
        suite_ord, content)
      select :id, :tenant, :channel::uuid, :recipient, :type, :occasion, :subject, :run::uuid, :suiteOrd::smallint,
        :content::jsonb
      where :channel::uuid is null
        or exists (select from sluice.notification_channel c where c.channel_id = :channel::uuid for key share)
      on conflict (tenant_id, recipient, subject) do nothing
      """;

  static final String SET_JOB =
      "update sluice.notification set job_id = :job where notification_id = :id";

  static final String COLUMNS =
      """
      select notification_id, tenant_id, channel_id, type, occasion, subject, run_id, suite_ord, content::text as content,
        state, attempts, error_code, error, job_id, created_at, ended_at
      from sluice.notification
      """;

  static final String BY_ID = COLUMNS + " where tenant_id = :tenant and notification_id = :id";

  static final String LIST =
      COLUMNS
          + """
           where tenant_id = :tenant and (:before::uuid is null or notification_id < :before::uuid)
            and (:channel::uuid is null or channel_id = :channel::uuid)
            and (:state::text is null or state = :state::text)
            and (:occasion::text is null or occasion = :occasion::text)
            and (:run::uuid is null or run_id = :run::uuid)
          order by notification_id desc limit :limit
          """;

  /// The state names what it leaves: one that has ended is taken up again only by whoever redrives
  /// its job.
  static final String RECORD =
      """
      update sluice.notification set state = :state, attempts = :number, error_code = :code, error = :error,
        ended_at = case when :state <> 'pending' then now() end
      where notification_id = :id and state <> 'sent' and attempts < :number
      """;

  static final String DISCARD =
      """
      update sluice.notification set state = 'discarded', ended_at = now()
      where notification_id = :id and state = 'pending'
      """;

  /// By the index on age; few at a time, so that no lock is held long. What has not ended a week
  /// later never will: its job was cancelled or dropped.
  static final String SWEEP =
      """
      delete from sluice.notification where notification_id in (
        select notification_id from sluice.notification
        where created_at < now() - :ageMillis * interval '1 millisecond'
          and (ended_at is not null or created_at < now() - :ageMillis * interval '1 millisecond' - interval '7 days')
        limit :limit)
      """;

  /// A row.
  ///
  /// @param suiteOrd null: it goes to a channel
  public record Row(
      UUID id,
      TenantId tenant,
      @Nullable UUID channel,
      ChannelType type,
      Occasion occasion,
      @Nullable UUID run,
      @Nullable Integer suiteOrd,
      Message content,
      NotificationState state,
      int attempts) {}

  /// A notification to insert.
  ///
  /// @param recipient the channel, or the place in the suite's list
  public record New(
      UUID id,
      TenantId tenant,
      @Nullable UUID channel,
      String recipient,
      ChannelType type,
      Occasion occasion,
      String subject,
      @Nullable UUID run,
      @Nullable Integer suiteOrd,
      Message content) {}

  /// An attempt that was made.
  ///
  /// @param number from 1
  /// @param state of the notification after it
  /// @param code null: it was sent
  public record Attempt(
      UUID id,
      int number,
      NotificationState state,
      @Nullable String code,
      @Nullable String error) {}

  private final JdbcClient jdbc;
  private final JsonMapper json;

  NotificationStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// Inserts one.
  ///
  /// @return false if the channel is gone, or the recipient is told of the subject already
  public boolean insert(New fresh) {
    return jdbc.sql(INSERT)
            .param("id", fresh.id())
            .param("tenant", fresh.tenant().value())
            .param("channel", fresh.channel())
            .param("recipient", fresh.recipient())
            .param("type", fresh.type().sql())
            .param("occasion", fresh.occasion().sql())
            .param("subject", fresh.subject())
            .param("run", fresh.run())
            .param("suiteOrd", fresh.suiteOrd())
            .param("content", json.writeValueAsString(fresh.content()))
            .update()
        == 1;
  }

  /// Names the job that sends it.
  public void setJob(UUID id, UUID job) {
    jdbc.sql(SET_JOB).param("id", id).param("job", job).update();
  }

  /// One by id.
  public Optional<Row> find(TenantId tenant, UUID id) {
    return jdbc.sql(BY_ID)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> read(row))
        .optional();
  }

  /// One as it is shown.
  public Optional<NotificationView> view(TenantId tenant, UUID id) {
    return jdbc.sql(BY_ID)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> shown(row))
        .optional();
  }

  /// Newest first.
  public List<NotificationView> list(
      TenantId tenant, Filter filter, @Nullable UUID before, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("before", before)
        .param("channel", filter.channel())
        .param("state", filter.state() == null ? null : filter.state().sql())
        .param("occasion", filter.occasion() == null ? null : filter.occasion().sql())
        .param("run", filter.run())
        .param("limit", limit)
        .query((row, _) -> shown(row))
        .list();
  }

  /// Records an attempt.
  public void record(Attempt attempt) {
    jdbc.sql(RECORD)
        .param("id", attempt.id())
        .param("number", attempt.number())
        .param("state", attempt.state().sql())
        .param("code", attempt.code())
        .param("error", attempt.error())
        .update();
  }

  /// Gives up one that nobody wants any more.
  public void discard(UUID id) {
    jdbc.sql(DISCARD).param("id", id).update();
  }

  /// Removes some that were made so long ago.
  ///
  /// @return how many
  public int sweep(Duration age, int limit) {
    return jdbc.sql(SWEEP).param("ageMillis", age.toMillis()).param("limit", limit).update();
  }

  private Row read(ResultSet row) throws SQLException {
    var ord = row.getObject("suite_ord");
    return new Row(
        row.getObject("notification_id", UUID.class),
        new TenantId(row.getObject("tenant_id", UUID.class)),
        row.getObject("channel_id", UUID.class),
        ChannelType.of(row.getString("type")),
        Occasion.of(row.getString("occasion")),
        row.getObject("run_id", UUID.class),
        ord == null ? null : ((Number) ord).intValue(),
        json.readValue(row.getString("content"), Message.class),
        NotificationState.of(row.getString("state")),
        row.getInt("attempts"));
  }

  private NotificationView shown(ResultSet row) throws SQLException {
    Timestamp ended = row.getTimestamp("ended_at");
    return new NotificationView(
        row.getObject("notification_id", UUID.class),
        row.getObject("channel_id", UUID.class),
        ChannelType.of(row.getString("type")),
        Occasion.of(row.getString("occasion")),
        row.getString("subject"),
        row.getObject("run_id", UUID.class),
        json.readTree(row.getString("content")),
        NotificationState.of(row.getString("state")),
        row.getInt("attempts"),
        row.getString("error_code"),
        row.getString("error"),
        row.getObject("job_id", UUID.class),
        row.getTimestamp("created_at").toInstant(),
        ended == null ? null : ended.toInstant());
  }
}
