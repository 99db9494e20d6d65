package io.sluice.bench.report;

import io.sluice.bench.measure.Measurement;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// A line a measurement, for programs.
public final class JsonLines {
  private static final JsonMapper JSON = JsonMapper.shared();

  private JsonLines() {}

  public static String of(Results results) {
    return results.all().stream().map(m -> line(results, m)).collect(Collectors.joining());
  }

  private static String line(Results results, Measurement measurement) {
    var ratio = results.ratioToFloor(measurement);
    var fields = new LinkedHashMap<String, Object>();
    fields.put("workload", measurement.workload());
    fields.put("subject", measurement.subject());
    fields.put("value", Numbers.rounded(measurement.value()));
    fields.put("unit", measurement.unit());
    fields.put("ratio_to_floor", ratio.isPresent() ? Numbers.rounded(ratio.getAsDouble()) : null);
    fields.put("min", Numbers.rounded(measurement.min()));
    fields.put("max", Numbers.rounded(measurement.max()));
    fields.put("rounds", measurement.rounds());
    fields.put("foreign_cpu_percent", Numbers.rounded(measurement.foreignPercent()));
    fields.put("disturbed", measurement.disturbed());
    return JSON.writeValueAsString(fields) + "\n";
  }
}
