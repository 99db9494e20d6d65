package io.sluice.engine.engine;

import io.sluice.engine.Interruption;

/// The job's run ends here because every live branch of it waits.
final class Parked extends Interruption {
  Parked() {
    super("the job is parked");
  }
}
