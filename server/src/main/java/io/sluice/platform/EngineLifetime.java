package io.sluice.platform;

import io.sluice.engine.engine.Engine;
import java.time.Duration;

/// Stops the engine with patience when the context closes.
record EngineLifetime(Engine engine, Duration patience) implements AutoCloseable {
  @Override
  public void close() {
    engine.stop(patience);
  }
}
