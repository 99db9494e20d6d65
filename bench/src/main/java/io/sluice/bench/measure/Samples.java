package io.sluice.bench.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The samples of one value. One that was taken while others used the machine is kept only when
/// there are not enough clean ones; the value itself has no say in what is kept.
public final class Samples {
  private final Rules rules;
  private final List<Sample> all = new ArrayList<>();

  public Samples(Rules rules) {
    this.rules = rules;
  }

  public void add(Sample sample) {
    all.add(sample);
  }

  public boolean enough() {
    var clean = all.stream().filter(sample -> !rules.isForeign(sample.foreignPercent())).count();
    return clean >= rules.rounds() || all.size() >= rules.tries();
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /// Clean samples in the order in which they were taken, then the least disturbed ones.
  private List<Sample> kept() {
    return all.stream()
        .sorted(
            Comparator.comparingDouble(
                sample -> Math.max(rules.foreignPercentMax(), sample.foreignPercent())))
        .limit(rules.rounds())
        .toList();
  }

  private double[] sorted() {
    return kept().stream().mapToDouble(Sample::value).sorted().toArray();
  }

  /// A measurement of the kept samples; its value is their median.
  public Measurement measurement(String workload, String subject, String unit) {
    var values = sorted();
    var foreign = kept().stream().mapToDouble(Sample::foreignPercent).max().orElse(0);
    return new Measurement(
        workload,
        subject,
        median(values),
        unit,
        values[0],
        values[values.length - 1],
        values.length,
        foreign,
        rules.isForeign(foreign));
  }

  static double median(double[] sorted) {
    var middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /// The smallest value that so many percent of all do not exceed.
  public static double percentile(double[] sorted, double percent) {
    var rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
  }
}
