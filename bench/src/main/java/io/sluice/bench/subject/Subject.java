package io.sluice.bench.subject;

import io.sluice.bench.postgres.Database;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;

/// Something that can be handed no-op jobs. One instance has one database to itself.
///
/// Calls come from one thread, in this order: `prepare`, then rounds of `enqueueAll`, `expect`,
/// `startWorker`, `isDrained` until true, `stopWorker`; or of `startWorker`, `expect`, `enqueueOne`
/// …, `stopWorker`. Finished jobs stay in the tables where the subject keeps them at all: nothing
/// is truncated between rounds. What more a subject can do, it says by [WithSteps], [WithHistory]
/// and [WithHeld].
public interface Subject extends AutoCloseable {
  String name();

  String version();

  /// How the subject is set up for each question, for the reader of the results.
  Map<Question, String> settings();

  /// The questions that this subject is asked.
  default Set<Question> questions() {
    return settings().keySet();
  }

  Database database();

  /// Makes the schema and whatever else is needed before the first job.
  void prepare() throws Exception;

  /// Enqueues jobs with the indexes 0 to `jobs`-1, as fast as the subject can, and returns when all
  /// are committed.
  void enqueueAll(int jobs) throws Exception;

  /// Enqueues one job, alone, while a worker started for `PICKUP` is idle.
  Enqueued enqueueOne(int index) throws Exception;

  /// Begins to count the handlers that start; the future is done when `jobs` have.
  Future<Handled> expect(Mode mode, int jobs) throws Exception;

  void startWorker(Mode mode) throws Exception;

  void stopWorker() throws Exception;

  /// Whether everything enqueued is finished. Asked every 2 ms inside the clock, so it has to be
  /// cheap.
  boolean isDrained() throws Exception;

  /// Jobs that are not finished, by the tables. Asked outside the clock, to check that `isDrained`
  /// told the truth.
  long unfinished() throws Exception;

  /// Processes other than this one that do the subject's work; their CPU is the subject's.
  default List<ProcessHandle> processes() {
    return List.of();
  }

  @Override
  void close() throws Exception;
}
