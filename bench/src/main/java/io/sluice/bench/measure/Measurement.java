package io.sluice.bench.measure;

/// What a workload found out about a subject.
///
/// @param workload a [io.sluice.bench.subject.Question], where it has several values with what is
///   meant: `pickup_p50`
/// @param value the median of the rounds
/// @param disturbed whether others used more of the machine than is allowed in a counted round
public record Measurement(
    String workload,
    String subject,
    double value,
    String unit,
    double min,
    double max,
    int rounds,
    double foreignPercent,
    boolean disturbed) {

  /// Something counted once.
  public static Measurement once(
      String workload, String subject, double value, String unit, double foreign, Rules rules) {
    return new Measurement(
        workload, subject, value, unit, value, value, 1, foreign, rules.isForeign(foreign));
  }

  /// The same under another name.
  public Measurement as(String otherWorkload) {
    return new Measurement(
        otherWorkload, subject, value, unit, min, max, rounds, foreignPercent, disturbed);
  }
}
