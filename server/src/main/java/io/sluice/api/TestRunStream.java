package io.sluice.api;

import io.sluice.engine.JobView;
import io.sluice.engine.Operations.EventView;
import io.sluice.engine.TenantId;
import io.sluice.events.EventStream;
import io.sluice.platform.CurrentTenant;
import io.sluice.testing.run.TestRuns;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/// A run as it goes: first how it is now, then every change of it and of its executions.
@RestController
class TestRunStream {
  private static final Logger LOG = LoggerFactory.getLogger(TestRunStream.class);

  private final TestRuns runs;
  private final EventStream stream;
  private final CurrentTenant tenant;
  private final AsyncTaskExecutor executor;
  private final JsonMapper mapper;
  private final Set<Future<?>> watching = ConcurrentHashMap.newKeySet();

  TestRunStream(
      TestRuns runs,
      EventStream stream,
      CurrentTenant tenant,
      AsyncTaskExecutor applicationTaskExecutor,
      JsonMapper mapper) {
    this.runs = runs;
    this.stream = stream;
    this.tenant = tenant;
    this.executor = applicationTaskExecutor;
    this.mapper = mapper;
  }

  @ApiResponse(
      responseCode = "200",
      description = "Server-sent events: `run`, then `change`; each has an id to resume with",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(type = "string")))
  @GetMapping(path = "/api/v1/test-runs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter events(
      @PathVariable UUID id,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    var whose = tenant.get();
    runs.get(whose, id);
    var from = lastEventId == null ? null : EventRoutes.cursor(lastEventId);
    var emitter = new SseEmitter(0L);
    var following =
        executor.submit(() -> {
          try {
            stream.follow(whose, from, new Sender(whose, id, emitter));
          } catch (InterruptedException _) {
            // The client is gone, or the server stops.
          } catch (Exception e) {
            LOG.debug("a stream of a run ended", e);
          }
          emitter.complete();
        });
    watching.add(following);
    emitter.onCompletion(() -> end(following));
    emitter.onError(_ -> end(following));
    return emitter;
  }

  private void end(Future<?> following) {
    watching.remove(following);
    following.cancel(true);
  }

  /// Streams never end by themselves.
  @EventListener(ContextClosedEvent.class)
  void closing() {
    List.copyOf(watching).forEach(this::end);
  }

  /// Writes to one client what is of the run.
  private final class Sender implements EventStream.Watcher {
    private final TenantId whose;
    private final UUID run;
    private final SseEmitter emitter;
    private boolean begun;

    Sender(TenantId whose, UUID run, SseEmitter emitter) {
      this.whose = whose;
      this.run = run;
      this.emitter = emitter;
    }

    @Override
    public void event(EventView event) throws Exception {
      if (run.equals(event.subject())) {
        emitter.send(
            SseEmitter.event()
                .id(event.cursor().xid() + "-" + event.cursor().seq())
                .name("change")
                .data(
                    "{\"code\":\""
                        + event.code()
                        + "\",\"at\":\""
                        + event.createdAt()
                        + "\",\"change\":"
                        + event.payloadJson()
                        + "}"));
      }
    }

    @Override
    public boolean wantsProgress() {
      return false;
    }

    @Override
    public void progress(JobView job) {
      // Steps are counted in the executions.
    }

    /// The stream says first that it is there; the run follows, so that nothing falls in between.
    @Override
    public void quiet() throws Exception {
      emitter.send(SseEmitter.event().comment("still here"));
      if (!begun) {
        begun = true;
        emitter.send(
            SseEmitter.event().name("run").data(mapper.writeValueAsString(runs.get(whose, run))));
      }
    }
  }
}
