package io.sluice.bench.subject;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.Jobs;
import io.sluice.engine.Kind;
import io.sluice.engine.TenantId;
import io.sluice.testing.run.ExecutionView;
import io.sluice.testing.run.TestRuns;
import io.sluice.testing.run.TestRuns.ExecutionFilter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/// Validations as jobs, like those that executions enqueue: of executions that have been validated
/// before, so that each replaces what was there.
final class TestValidations {
  private static final int PAGE = 200;
  private static final String STORED = "select count(*) from sluice.validation";

  /// As the server has it, of which the name counts.
  record Input(UUID executionId) {}

  private static final Kind<Input, Object> KIND =
      Kind.of("test.validate", Input.class, Object.class).inQueue("validations");

  private final Supplier<? extends ApplicationContext> server;
  private final Probe probe;
  private final List<UUID> executions = new ArrayList<>();
  private long before;

  TestValidations(Supplier<? extends ApplicationContext> server, Probe probe) {
    this.server = server;
    this.probe = probe;
  }

  int prepared() {
    return executions.size();
  }

  /// Takes the executions of a run.
  void of(String run) {
    executions.clear();
    var runs = server.get().getBean(TestRuns.class);
    @Nullable UUID after = null;
    List<ExecutionView> page;
    do {
      page = runs.executions(TenantId.DEFAULT, filter(run), after, PAGE);
      page.forEach(execution -> executions.add(execution.executionId()));
      after = page.isEmpty() ? after : page.getLast().executionId();
    } while (page.size() == PAGE);
  }

  private static ExecutionFilter filter(String run) {
    return ExecutionFilter.of(UUID.fromString(run));
  }

  void validate(int validations) throws SQLException {
    before = probe.number(STORED);
    var inputs = executions.subList(0, validations).stream().map(Input::new).toList();
    server.get().getBean(Jobs.class).enqueueAll(KIND, inputs, EnqueueOptions.DEFAULT);
  }

  void check(int validations) throws SQLException {
    long stored = probe.number(STORED) - before;
    if (stored != validations) {
      throw new IllegalStateException(stored + " validations are stored, not " + validations);
    }
  }
}
