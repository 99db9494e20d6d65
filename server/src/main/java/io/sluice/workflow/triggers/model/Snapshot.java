package io.sluice.workflow.triggers.model;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// Which transactions had committed at some moment, as PostgreSQL writes it: `xmin:xmax:xip,xip…`.
///
/// @param xmin all before had ended
/// @param xmax this one and all after had not begun
/// @param running those between that had not ended
public record Snapshot(long xmin, long xmax, Set<Long> running) {
  /// Reads one.
  public static Snapshot read(String text) {
    var parts = text.split(":", 3);
    var running =
        parts[2].isEmpty()
            ? Set.<Long>of()
            : Arrays.stream(parts[2].split(",")).map(Long::valueOf).collect(Collectors.toSet());
    return new Snapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running);
  }

  /// Whether a transaction, which is known to have committed, had done so by then.
  public boolean sees(long xid) {
    return xid < xmin || (xid < xmax && !running.contains(xid));
  }
}
