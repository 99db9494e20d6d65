package io.sluice.workflow.store;

import io.sluice.engine.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Steps that wait for a person. Whoever answers one marks it; one answer is taken.
///
/// Locks: the review's item first, then the task, then the job.
@Repository
public class TaskStore {
  static final String PUT =
      """
      insert into sluice.workflow_task (review_id, tenant_id, execution_id, version_id, job_id, path, step, items, signal)
      values (:review, :tenant, :execution, :version, :job, :path, :step, :items::int[], :signal)
      """;

  /// Whoever sends a signal to a job locks it too: what was sent before is seen behind this.
  static final String LOCK_JOB =
      "select 1 from sluice_engine.job where id = :job for no key update";

  static final String SIGNALLED =
      """
      select exists (
        select from sluice_engine.signal where job_id = :job and name = :name and taken_by is null)
      """;

  /// Recorded when the task is removed because its step goes on.
  static final String CLOSED =
      """
      select exists (
        select from sluice_engine.checkpoint where job_id = :job and scope = '' and name = :step || '#closed')
      """;

  private static final String COLUMNS =
      """
      select t.review_id, t.tenant_id, t.execution_id, t.version_id, t.job_id, t.path, t.step, t.signal,
        t.answered_by is not null
      from sluice.workflow_task t
      """;

  static final String OF_PATH = COLUMNS + " where t.job_id = :job and t.path = :path";

  static final String OF_STEP =
      COLUMNS + " where t.execution_id = :execution and t.step = :step and t.items = :items::int[]";

  static final String OF_REVIEW = COLUMNS + " where t.review_id = :review";

  static final String ANSWER =
      """
      update sluice.workflow_task set answered_by = :by where review_id = :review and answered_by is null
      """;

  static final String REMOVE = "delete from sluice.workflow_task where review_id = :review";

  /// Those whose job waits no more.
  static final String ORPHANS =
      COLUMNS
          + """
           left join sluice_engine.job j on j.id = t.job_id
          where j.id is null or j.finished_at is not null limit :most
          """;

  private final JdbcClient jdbc;

  TaskStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// A step that waits.
  ///
  /// @param review its item in the queue
  /// @param job that waits: the execution's, or an item's
  /// @param path where in that job
  /// @param step its id, as recorded
  /// @param signal by which the answer comes
  /// @param answered somebody has: the signal is on its way
  public record Task(
      UUID review,
      TenantId tenant,
      UUID execution,
      UUID version,
      UUID job,
      String path,
      String step,
      String signal,
      boolean answered) {}

  /// Notes that a step waits.
  public void put(Task task, List<Integer> items) {
    jdbc.sql(PUT)
        .param("review", task.review())
        .param("tenant", task.tenant().value())
        .param("execution", task.execution())
        .param("version", task.version())
        .param("job", task.job())
        .param("path", task.path())
        .param("step", task.step())
        .param("items", array(items))
        .param("signal", task.signal())
        .update();
  }

  /// Locks a job, so that no signal reaches it meanwhile.
  public void lock(UUID job) {
    jdbc.sql(LOCK_JOB).param("job", job).query(Integer.class).optional();
  }

  /// Whether a signal is there that nobody has taken.
  public boolean signalled(UUID job, String name) {
    return jdbc.sql(SIGNALLED).param("job", job).param("name", name).query(Boolean.class).single();
  }

  /// Whether a step of a job has had its answer, or waits no more.
  public boolean closed(UUID job, String step) {
    return jdbc.sql(CLOSED).param("job", job).param("step", step).query(Boolean.class).single();
  }

  /// The task of a step, by its place.
  public Optional<Task> of(UUID job, String path) {
    return jdbc.sql(OF_PATH)
        .param("job", job)
        .param("path", path)
        .query(TaskStore::read)
        .optional();
  }

  /// The task of a step of an execution.
  ///
  /// @param items which items of the loops around it, outermost first
  public Optional<Task> of(UUID execution, String step, List<Integer> items) {
    return jdbc
        .sql(OF_STEP)
        .param("execution", execution)
        .param("step", step)
        .param("items", array(items))
        .query(TaskStore::read)
        .list()
        .stream()
        .findFirst();
  }

  /// The task of an item of the queue.
  public Optional<Task> of(UUID review) {
    return jdbc.sql(OF_REVIEW).param("review", review).query(TaskStore::read).optional();
  }

  /// Notes that somebody has answered.
  ///
  /// @param by `review` or `signal`
  /// @return false if somebody was quicker
  public boolean answer(UUID review, String by) {
    return jdbc.sql(ANSWER).param("review", review).param("by", by).update() == 1;
  }

  /// Forgets a task.
  public void remove(UUID review) {
    jdbc.sql(REMOVE).param("review", review).update();
  }

  /// Tasks of jobs that have ended.
  public List<Task> orphans(int most) {
    return jdbc.sql(ORPHANS).param("most", most).query(TaskStore::read).list();
  }

  private static Task read(ResultSet row, int ignored) throws SQLException {
    return new Task(
        row.getObject(1, UUID.class),
        new TenantId(row.getObject(2, UUID.class)),
        row.getObject(3, UUID.class),
        row.getObject(4, UUID.class),
        row.getObject(5, UUID.class),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getBoolean(9));
  }

  private static String array(List<Integer> items) {
    return items.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }
}
