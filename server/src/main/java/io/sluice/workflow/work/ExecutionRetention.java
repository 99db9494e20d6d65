package io.sluice.workflow.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.engine.Operations;
import io.sluice.engine.Schedule;
import io.sluice.platform.JobHandler;
import io.sluice.platform.SluiceSettings;
import io.sluice.workflow.store.EventWaitStore;
import io.sluice.workflow.store.ExecutionStore;
import io.sluice.workflow.store.UnnamedDefinitionStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Forgets executions whose job was dropped with old history. The engine drops whole spans of time;
/// this follows it, an hour later at most.
@Component
class ExecutionRetention implements JobHandler<ExecutionRetention.Round, ExecutionRetention.Gone> {
  private static final Kind<Round, Gone> KIND =
      Kind.of("workflow.retention", Round.class, Gone.class);
  private static final Duration PERIOD = Duration.ofHours(1);
  private static final int BATCH = 5_000;

  private final ExecutionStore executions;
  private final UnnamedDefinitionStore definitions;
  private final EventWaitStore waits;
  private final SluiceSettings settings;
  private final InstantSource clock;
  private final ObjectProvider<Operations> operations;

  ExecutionRetention(
      ExecutionStore executions,
      UnnamedDefinitionStore definitions,
      EventWaitStore waits,
      SluiceSettings settings,
      InstantSource clock,
      ObjectProvider<Operations> operations) {
    this.executions = executions;
    this.definitions = definitions;
    this.waits = waits;
    this.settings = settings;
    this.clock = clock;
    this.operations = operations;
  }

  /// One round; it needs to be told nothing.
  record Round(Map<String, String> nothing) {}

  /// How many were forgotten.
  record Gone(long executions) {}

  @EventListener(ApplicationReadyEvent.class)
  void schedule() {
    operations
        .getObject()
        .schedule(Schedule.every("workflow.retention", KIND, new Round(Map.of()), PERIOD));
  }

  @Override
  public Kind<Round, Gone> kind() {
    return KIND;
  }

  @Override
  public Gone run(Round round, JobContext job) {
    var border = clock.instant().minus(settings.retention());
    long gone = 0;
    int batch;
    do {
      batch = executions.forget(border, BATCH);
      gone += batch;
    } while (batch == BATCH && !job.cancelled());
    definitions.forget(border);
    waits.forgetOrphans();
    return new Gone(gone);
  }
}
