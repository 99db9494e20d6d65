package io.sluice.engine.store;

import io.sluice.engine.JobEvent;
import io.sluice.engine.JobId;
import io.sluice.engine.Operations.EventCursor;
import io.sluice.engine.Operations.EventFilter;
import io.sluice.engine.Operations.EventPage;
import io.sluice.engine.Operations.EventView;
import io.sluice.engine.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What was announced, and the tail of it.
public final class EventStore {
  private static final String COLUMNS =
      "e.id, e.xid::text::bigint, e.seq, e.tenant_id, e.job_id, e.subject_id, e.type, e.severity, e.code,"
          + " e.payload::text, e.created_at";

  /// Events of holders: refused when the fence has passed.
  static final Sql ANNOUNCE =
      new Sql(
          """
          insert into sluice_engine.event (id, tenant_id, job_id, subject_id, type, severity, code, payload)
          select u.id, j.tenant_id, j.id, u.subject_id, u.type, u.severity, u.code, u.payload::jsonb
          from unnest(?::uuid[], ?::int[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[])
               u(job_id, fence, id, subject_id, type, severity, code, payload)
          join sluice_engine.job j on j.id = u.job_id and j.fence = u.fence
          for no key update of j
          on conflict (id) do nothing
          """);

  /// Events of anybody else.
  static final Sql PUBLISH =
      new Sql(
          """
          insert into sluice_engine.event (id, tenant_id, subject_id, type, severity, code, payload)
          values (?, ?, ?, ?, ?, ?, ?::jsonb)
          """);

  /// What committed behind a cursor. Only events of transactions older than every running one are
  /// seen, so that a transaction that commits late is not passed over.
  static final Sql TAIL =
      new Sql(
          "select "
              + COLUMNS
              + """
               from sluice_engine.event e
              where (e.xid, e.seq) > (?::text::xid8, ?)
                and e.xid < pg_snapshot_xmin(pg_current_snapshot())
              order by e.xid, e.seq limit ?
              """);

  static final Sql HORIZON =
      new Sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1");

  static final Sql FIND =
      new Sql(
          "select "
              + COLUMNS
              + """
               from sluice_engine.event e
              where (?::uuid is null or e.tenant_id = ?::uuid)
                and (?::uuid is null or e.job_id = ?::uuid)
                and (?::text is null or e.type = ?::text)
                and (?::text is null or e.severity = ?::text)
                and (?::timestamptz is null or e.created_at >= ?::timestamptz)
                and (?::uuid is null or e.id < ?::uuid)
              order by e.id desc limit ?
              """);

  static final Sql EXISTS = new Sql("select 1 from sluice_engine.event where id = ?");

  /// An event to announce.
  public record Entry(
      Claim claim,
      UUID id,
      @Nullable UUID subject,
      String type,
      String severity,
      String code,
      String payloadJson) {}

  private final Db db;

  /// On a database.
  public EventStore(Db db) {
    this.db = db;
  }

  /// Announces events of holders, in one statement.
  ///
  /// @return how many were accepted
  public int announce(List<Entry> entries) {
    return db.with("announcing events", c -> announceOn(c, entries));
  }

  /// As above, on a transaction of the caller's.
  public static int announceOn(Connection c, List<Entry> entries) throws SQLException {
    return Db.update(
        c,
        ANNOUNCE,
        s -> {
          ClaimStore.bindHeld(c, s, entries.stream().map(Entry::claim).toList());
          s.setArray(3, c.createArrayOf("uuid", entries.stream().map(Entry::id).toArray()));
          s.setArray(4, c.createArrayOf("uuid", entries.stream().map(Entry::subject).toArray()));
          s.setArray(5, c.createArrayOf("text", entries.stream().map(Entry::type).toArray()));
          s.setArray(6, c.createArrayOf("text", entries.stream().map(Entry::severity).toArray()));
          s.setArray(7, c.createArrayOf("text", entries.stream().map(Entry::code).toArray()));
          s.setArray(
              8, c.createArrayOf("text", entries.stream().map(Entry::payloadJson).toArray()));
        });
  }

  /// Whether an event was accepted.
  public boolean exists(UUID id) {
    return db.first(EXISTS, s -> s.setObject(1, id), row -> true).isPresent();
  }

  /// An event outside of a job.
  public record Published(UUID id, TenantId tenant, JobEvent event, String payloadJson) {}

  /// Announces something outside of a job, on the caller's transaction.
  public static void publishOn(Connection c, Published published) throws SQLException {
    var event = published.event();
    Db.update(
        c,
        PUBLISH,
        s -> {
          s.setObject(1, published.id());
          s.setObject(2, published.tenant().value());
          s.setObject(3, event.subject());
          s.setString(4, event.type());
          s.setString(5, event.severity().sql());
          s.setString(6, event.code());
          s.setString(7, published.payloadJson());
        });
  }

  /// A page of the tail.
  public EventPage tail(EventCursor after, int limit) {
    var events =
        db.query(
            TAIL,
            s -> {
              s.setString(1, Long.toString(after.xid()));
              s.setLong(2, after.seq());
              s.setInt(3, limit);
            },
            EventStore::read);
    return new EventPage(events, events.isEmpty() ? after : events.getLast().cursor());
  }

  /// The cursor behind everything that a tail can see now.
  public EventCursor now() {
    return db.first(HORIZON, Db.Binder.NONE, row -> new EventCursor(row.getLong(1), Long.MAX_VALUE))
        .orElseThrow();
  }

  /// Events that match, newest first.
  ///
  /// @param before only those older than this one; null: from the newest
  public List<EventView> find(EventFilter filter, @Nullable UUID before, int limit) {
    return db.query(
        FIND,
        s -> {
          var since = filter.since() == null ? null : Timestamp.from(filter.since());
          for (int i = 0; i < 2; i++) {
            s.setObject(1 + i, filter.tenant() == null ? null : filter.tenant().value());
            s.setObject(3 + i, filter.job() == null ? null : filter.job().value());
            s.setString(5 + i, filter.type());
            s.setString(7 + i, filter.severity());
            s.setTimestamp(9 + i, since);
            s.setObject(11 + i, before);
          }
          s.setInt(13, limit);
        },
        EventStore::read);
  }

  private static EventView read(ResultSet row) throws SQLException {
    var job = row.getObject(5, UUID.class);
    return new EventView(
        row.getObject(1, UUID.class),
        new EventCursor(row.getLong(2), row.getLong(3)),
        new TenantId(row.getObject(4, UUID.class)),
        job == null ? null : new JobId(job),
        row.getObject(6, UUID.class),
        Objects.requireNonNull(row.getString(7)),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getTimestamp(11).toInstant());
  }
}
