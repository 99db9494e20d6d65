package io.sluice.engine;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/// Makes ids: UUIDv7, each greater than the one before in one process. Thread-safe.
@FunctionalInterface
public interface IdSource {
  /// The next id.
  UUID next();

  /// Ids by the system's clock.
  static IdSource system() {
    TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();
    return generator::generate;
  }
}
