package io.sluice.bench.report;

import io.sluice.bench.measure.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The measurements of a run, each with its ratio to the floor.
public final class Results {
  private static final String FLOOR = "floor";

  private final List<Measurement> measurements = new ArrayList<>();

  public void addAll(List<Measurement> more) {
    measurements.addAll(more);
  }

  public List<Measurement> all() {
    return List.copyOf(measurements);
  }

  /// Value by value of the floor in the same workload; empty where the floor was not asked, or has
  /// nothing (no statement while idle).
  public OptionalDouble ratioToFloor(Measurement measurement) {
    return measurements.stream()
        .filter(m -> m.subject().equals(FLOOR) && m.workload().equals(measurement.workload()))
        .filter(m -> m.value() > 0)
        .mapToDouble(m -> measurement.value() / m.value())
        .findFirst();
  }

  Map<String, List<Measurement>> byWorkload() {
    var groups = new LinkedHashMap<String, List<Measurement>>();
    for (var measurement : measurements) {
      groups.computeIfAbsent(measurement.workload(), _ -> new ArrayList<>()).add(measurement);
    }
    return groups;
  }
}
