package io.sluice.workflow.steps;

import io.sluice.guard.Admission;
import io.sluice.guard.Answer;
import io.sluice.guard.Call;
import io.sluice.guard.CallOptions;
import io.sluice.guard.Guard;
import io.sluice.guard.NotNow;
import io.sluice.guard.Outbound;

/// Sends requests through the guard, and rests while the service is not to be called: no attempt is
/// spent by that.
final class Calls {
  private final Guard guard;
  private final Outbound outbound;

  Calls(Guard guard, Outbound outbound) {
    this.guard = guard;
    this.outbound = outbound;
  }

  Answer send(HttpRequests.Prepared request, StepCall call, CallOptions options)
      throws InterruptedException {
    while (true) {
      call.time().check();
      if (guard.admit(call.job().tenant(), request.service())
          instanceof Admission.Later(var until, var reason)) {
        call.rest(until, reason);
        continue;
      }
      try {
        return outbound.send(prepared(request, call, options));
      } catch (NotNow notNow) {
        call.rest(notNow.until(), notNow.reason());
      }
    }
  }

  private static Call prepared(HttpRequests.Prepared request, StepCall call, CallOptions options) {
    var limit = call.limit();
    return new Call(
        call.job().tenant(),
        request.service(),
        request.method(),
        request.url(),
        request.headers(),
        request.body(),
        limit == null ? options : options.within(limit));
  }
}
