package io.sluice.engine.postgres;

import java.nio.file.Path;
import java.util.function.LongPredicate;

/// Processes whose parent was killed and that would not, or not soon enough, notice it by
/// themselves.
final class Strays {
  private Strays() {}

  /// Children of a postmaster that is gone. They keep its shared memory, and so keep a new
  /// postmaster from starting. Killing them loses nothing: the new one recovers from the
  /// write-ahead log in any case.
  static void killChildrenIn(Path cluster) {
    kill(pid ->
        ProcStat.arguments(pid).getFirst().startsWith("postgres:")
            && ProcStat.workingDirectory(pid).filter(cluster::equals).isPresent());
  }

  /// An `initdb` that makes this directory, and the `postgres` that it has do the work inside.
  static void killMakersOf(Path draft) {
    kill(pid ->
        ProcStat.arguments(pid).contains("--pgdata=" + draft)
            || ProcStat.workingDirectory(pid).filter(draft::equals).isPresent());
  }

  private static void kill(LongPredicate stray) {
    ProcessHandle.allProcesses()
        .filter(process -> stray.test(process.pid()))
        .forEach(ProcessHandle::destroyForcibly);
  }
}
