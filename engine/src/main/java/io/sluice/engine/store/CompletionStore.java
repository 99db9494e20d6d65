package io.sluice.engine.store;

import io.sluice.engine.store.EndStore.Ended;
import io.sluice.engine.store.EndStore.Result;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Ends jobs well, many in one commit, together with the steps that they did last.
public final class CompletionStore {
  /// Completions in one statement. The fence alone decides: it is odd exactly while the job is
  /// worked on (`job_state`), and a filter on the state would tempt the planner to a partial index.
  static final Sql COMPLETE =
      new Sql(
          """
          update sluice_engine.job j
          set state = 'done', admitted = false, fence = j.fence + 1, worker_id = null, deadline_at = null,
              finished_at = clock_timestamp(), result = u.result::jsonb
          from unnest(?::uuid[], ?::int[], ?::text[]) u(id, fence, result)
          where j.id = u.id and j.fence = u.fence
          returning j.id, j.awaited
          """);

  /// The same for jobs without a result and of one fence, as most are: half as dear, because no
  /// join looks the rows up one by one, and no row comes back. First the ended, null: all of them.
  static final Sql COMPLETE_PLAIN =
      new Sql(
          """
          with done as (
            update sluice_engine.job j
            set state = 'done', admitted = false, fence = j.fence + 1, worker_id = null, deadline_at = null,
                finished_at = clock_timestamp()
            where j.id = any (array(select unnest(?::uuid[]))) and j.fence = ?
            returning j.id, j.awaited)
          select case when count(*) < ? then array_agg(d.id) end, array_agg(d.id) filter (where d.awaited) from done d
          """);

  /// A completion to record.
  ///
  /// @param resultJson null for none
  /// @param last steps that are recorded with it
  public record Completion(
      Claim claim, @Nullable String resultJson, List<CheckpointStore.Entry> last) {
    private boolean endsAlone() {
      return claim.endsAlone() && last.isEmpty();
    }
  }

  private final Db db;

  /// On a database.
  public CompletionStore(Db db) {
    this.db = db;
  }

  /// Records completions; those whose fence has passed are not among the ended.
  public Result complete(List<Completion> completions) {
    boolean plain = completions.stream().allMatch(Completion::endsAlone);
    return plain
        ? new Result(
            db.with("completing jobs", c -> completeOn(c, completions)), List.of(), List.of())
        : db.inTransaction(
            "completing jobs", c -> EndStore.settle(c, completeWhole(c, completions)));
  }

  private static List<Ended> completeWhole(Connection c, List<Completion> completions)
      throws SQLException {
    var ended = completeOn(c, completions);
    var last = completions.stream().flatMap(done -> done.last().stream()).toList();
    if (ended.size() < completions.size()) {
      var ids = ended.stream().map(Ended::id).collect(Collectors.toSet());
      last = last.stream().filter(step -> ids.contains(step.claim().id())).toList();
    }
    if (!last.isEmpty()) {
      CheckpointStore.recordEnded(c, last);
    }
    return ended;
  }

  private static List<Ended> completeOn(Connection c, List<Completion> completions)
      throws SQLException {
    int fence = completions.getFirst().claim().fence();
    for (var completion : completions) {
      if (completion.resultJson() != null || completion.claim().fence() != fence) {
        return completeOneByOne(c, completions);
      }
    }
    return completePlain(c, completions, fence);
  }

  private static List<Ended> completePlain(Connection c, List<Completion> completions, int fence)
      throws SQLException {
    var ended = new ArrayList<Ended>(completions.size());
    Db.query(
        c,
        COMPLETE_PLAIN,
        s -> {
          s.setString(1, Db.array(completions, d -> d.claim().id().value()));
          s.setInt(2, fence);
          s.setInt(3, completions.size());
        },
        row -> {
          var some = uuids(row, 1);
          var awaited = uuids(row, 2);
          for (var completion : completions) {
            var id = completion.claim().id().value();
            if (some == null || some.contains(id)) {
              ended.add(Ended.done(completion.claim(), awaited != null && awaited.contains(id)));
            }
          }
          return true;
        });
    return ended;
  }

  private static @Nullable Set<UUID> uuids(ResultSet row, int column) throws SQLException {
    var array = row.getArray(column);
    return array == null ? null : Set.of((UUID[]) array.getArray());
  }

  private static List<Ended> completeOneByOne(Connection c, List<Completion> completions)
      throws SQLException {
    var claims = new HashMap<UUID, Claim>();
    completions.forEach(done -> claims.put(done.claim().id().value(), done.claim()));
    return Db.query(
        c,
        COMPLETE,
        s -> {
          ClaimStore.bindHeld(c, s, completions.stream().map(Completion::claim).toList());
          var results = completions.stream().map(Completion::resultJson).toArray(String[]::new);
          s.setArray(3, c.createArrayOf("text", results));
        },
        row ->
            Ended.done(
                Objects.requireNonNull(claims.get(row.getObject(1, UUID.class))),
                row.getBoolean(2)));
  }
}
