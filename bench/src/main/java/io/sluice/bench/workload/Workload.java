package io.sluice.bench.workload;

import io.sluice.bench.measure.Lab;
import io.sluice.bench.measure.Measurement;
import io.sluice.bench.subject.Question;
import java.util.List;
import java.util.Set;

/// Answers one or more questions about every subject in the field.
public interface Workload {
  Set<Question> answers();

  /// @param wanted those of the answers that the user wants
  List<Measurement> measure(Lab lab, Set<Question> wanted) throws Exception;
}
