package io.sluice.bench.measure;

/// Counters at one instant.
///
/// @param commits of the subject's database; complete only after [Meter#settle()]
/// @param walBytes of the whole server
/// @param clientSeconds CPU of this process and of the subject's own
/// @param machineSeconds CPU of everything that ran on the machine
public record Snapshot(
    long nanos,
    long commits,
    long walBytes,
    double postgresSeconds,
    double clientSeconds,
    double machineSeconds) {

  /// The share of the machine, over all cores, that other processes used until then, in percent.
  public double foreignPercent(Snapshot later) {
    var seconds = (later.nanos - nanos) / 1e9 * Runtime.getRuntime().availableProcessors();
    var foreign =
        (later.machineSeconds - machineSeconds)
            - (later.postgresSeconds - postgresSeconds)
            - (later.clientSeconds - clientSeconds);
    return Math.max(0, 100 * foreign / seconds);
  }
}
