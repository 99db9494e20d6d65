package io.sluice.workflow.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.JobId;
import io.sluice.engine.Jobs;
import io.sluice.engine.Kind;
import io.sluice.engine.PermanentFailure;
import io.sluice.platform.JobHandler;
import io.sluice.workflow.Json;
import io.sluice.workflow.Signals;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.WorkflowKinds.ItemInput;
import io.sluice.workflow.store.ItemStore;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Runs one item of a FOR_EACH. One that fails beyond what is tolerated says so to the execution,
/// and cancels all others and itself with them.
@Component
class ItemHandler implements JobHandler<ItemInput, Json> {
  private final Interpreter interpreter;
  private final Fans fans;
  private final ItemStore items;
  private final ObjectProvider<Jobs> jobs;

  ItemHandler(Interpreter interpreter, Fans fans, ItemStore items, ObjectProvider<Jobs> jobs) {
    this.interpreter = interpreter;
    this.fans = fans;
    this.items = items;
    this.jobs = jobs;
  }

  @Override
  public Kind<ItemInput, Json> kind() {
    return WorkflowKinds.ITEM;
  }

  @Override
  public Json run(ItemInput input, JobContext job) {
    var known = fans.of(input.fan());
    var given =
        new Interpreter.ItemJob(
            known.fan().execution(),
            known.shared().execution(),
            known.shared().variables(),
            known.step(),
            known.fan().items() == null ? List.of() : known.fan().items(),
            known.fan().until(),
            input.item(),
            input.index());
    try {
      return interpreter.item(given, job);
    } catch (PermanentFailure e) {
      if (tooMany(input, known)) {
        stop(input, known, e);
      }
      throw e;
    }
  }

  private boolean tooMany(ItemInput input, Fans.Known known) {
    int tolerated = known.shared().tolerated();
    return tolerated == 0 || items.failed(input.fan()) >= tolerated;
  }

  private void stop(ItemInput input, Fans.Known known, PermanentFailure e) {
    var error =
        Map.of("errorType", e.code(), "message", "item " + input.index() + ": " + e.getMessage());
    jobs.getObject()
        .signal(
            new JobId(known.fan().parent()),
            FanOut.failed(known.path()),
            new Signals.Payload(error));
    jobs.getObject()
        .cancel(new JobId(input.fan()), "item " + input.index() + " of " + known.step());
  }
}
