package io.sluice.platform;

import io.sluice.engine.engine.Engine;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/// Stops the engine first of all when the context closes, before the web server waits for its
/// requests: other nodes shall not wait for the jobs of this one.
final class EngineLifetime implements SmartLifecycle, AutoCloseable {
  private final Engine engine;
  private final Duration patience;
  private volatile boolean running = true;

  EngineLifetime(Engine engine, Duration patience) {
    this.engine = engine;
    this.patience = patience;
  }

  Engine engine() {
    return engine;
  }

  /// It runs since it was made: beans that enqueue need it.
  @Override
  public void start() {}

  @Override
  public void stop() {
    running = false;
    engine.stop(patience);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// The highest phase stops first.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  /// After a start that failed, when nothing is stopped by phases.
  @Override
  public void close() {
    stop();
  }
}
