package io.sluice.api;

import io.sluice.engine.JobId;
import io.sluice.engine.JobView;
import io.sluice.engine.Operations;
import io.sluice.engine.Operations.EventCursor;
import io.sluice.engine.Operations.EventFilter;
import io.sluice.engine.Operations.EventView;
import io.sluice.engine.TenantId;
import io.sluice.events.EventStream;
import io.sluice.platform.CurrentTenant;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What was announced: as a list, and live.
@RestController
@RequestMapping("/api/v1/events")
class EventRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(EventRoutes.class);

  private final Operations operations;
  private final EventStream stream;
  private final CurrentTenant tenant;
  private final AsyncTaskExecutor executor;
  private final JsonMapper mapper;
  private final Set<Future<?>> watching = ConcurrentHashMap.newKeySet();

  EventRoutes(
      Operations operations,
      EventStream stream,
      CurrentTenant tenant,
      AsyncTaskExecutor applicationTaskExecutor,
      JsonMapper mapper) {
    this.operations = operations;
    this.stream = stream;
    this.tenant = tenant;
    this.executor = applicationTaskExecutor;
    this.mapper = mapper;
  }

  /// An event.
  record Event(
      UUID id,
      String type,
      String severity,
      String code,
      @Nullable UUID jobId,
      @Nullable UUID subjectId,
      JsonNode payload,
      Instant createdAt) {}

  @GetMapping
  Page<Event> list(
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String severity,
      @RequestParam(required = false) @Nullable Instant since,
      @RequestParam(required = false) @Nullable UUID jobId,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var filter =
        new EventFilter(
            tenant.get(), jobId == null ? null : new JobId(jobId), type, severity, since);
    var read = operations.events(filter, Page.after(cursor), size + 1);
    return Page.of(read, size, EventView::id, this::shown);
  }

  private Event shown(EventView event) {
    return new Event(
        event.id(),
        event.type(),
        event.severity(),
        event.code(),
        event.job() == null ? null : event.job().value(),
        event.subject(),
        mapper.readTree(event.payloadJson()),
        event.createdAt());
  }

  @ApiResponse(
      responseCode = "200",
      description = "Server-sent events; each has an id to resume with",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(type = "string")))
  @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter stream(
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    var from = lastEventId == null ? null : cursor(lastEventId);
    var emitter = new SseEmitter(0L);
    var whose = tenant.get();
    var following = executor.submit(() -> follow(whose, from, emitter));
    watching.add(following);
    emitter.onCompletion(() -> end(following));
    emitter.onError(_ -> end(following));
    return emitter;
  }

  private void follow(TenantId whose, @Nullable EventCursor from, SseEmitter emitter) {
    try {
      stream.follow(whose, from, new Sender(emitter));
    } catch (InterruptedException _) {
      // The client is gone, or the server stops.
    } catch (Exception e) {
      // The answer has begun, so that no problem can be told in it: it ends, and the client comes
      // back with the last id that it saw.
      LOG.debug("an event stream ended", e);
    }
    emitter.complete();
  }

  private void end(Future<?> following) {
    watching.remove(following);
    following.cancel(true);
  }

  /// Streams never end by themselves: without this the web server would wait for them in vain.
  @EventListener(ContextClosedEvent.class)
  void closing() {
    List.copyOf(watching).forEach(this::end);
  }

  static EventCursor cursor(String id) {
    try {
      var parts = id.split("-", 2);
      return new EventCursor(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    } catch (RuntimeException e) {
      throw new Page.RequestProblem(
          "BAD_EVENT_ID",
          "Last-Event-ID",
          "is not an id of this stream; leave it out to begin with now");
    }
  }

  /// Writes to one client.
  private final class Sender implements EventStream.Watcher {
    private final SseEmitter emitter;

    Sender(SseEmitter emitter) {
      this.emitter = emitter;
    }

    @Override
    public void event(EventView event) throws Exception {
      emitter.send(
          SseEmitter.event()
              .id(event.cursor().xid() + "-" + event.cursor().seq())
              .name(event.type())
              .data(mapper.writeValueAsString(shown(event))));
    }

    @Override
    public void progress(JobView job) throws Exception {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("jobId", job.id().value());
      data.put("kind", job.kind());
      data.put("stage", job.stage());
      data.put("done", job.progressDone());
      data.put("total", job.progressTotal());
      emitter.send(SseEmitter.event().name("progress").data(mapper.writeValueAsString(data)));
    }

    @Override
    public void quiet() throws Exception {
      emitter.send(SseEmitter.event().comment("still here"));
    }
  }
}
