package io.sluice.api;

import io.sluice.engine.JobId;
import io.sluice.engine.JobView;
import io.sluice.engine.Operations;
import io.sluice.engine.Operations.EventCursor;
import io.sluice.engine.Operations.EventFilter;
import io.sluice.engine.Operations.EventView;
import io.sluice.events.EventStream;
import io.sluice.platform.CurrentTenant;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
  private final Operations operations;
  private final EventStream stream;
  private final CurrentTenant tenant;
  private final AsyncTaskExecutor executor;
  private final JsonMapper mapper;

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
      @RequestParam(defaultValue = "50") int limit) {
    var filter =
        new EventFilter(
            tenant.get(), jobId == null ? null : new JobId(jobId), type, severity, since);
    return Page.all(
        operations.events(filter, Page.limit(limit)).stream().map(this::shown).toList());
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

  @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter stream(
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    var from = lastEventId == null ? null : cursor(lastEventId);
    var emitter = new SseEmitter(0L);
    var whose = tenant.get();
    var following =
        executor.submit(() -> {
          try {
            stream.follow(whose, from, new Sender(emitter));
            emitter.complete();
          } catch (Exception e) {
            emitter.completeWithError(e);
          }
        });
    emitter.onCompletion(() -> following.cancel(true));
    emitter.onError(_ -> following.cancel(true));
    return emitter;
  }

  private static EventCursor cursor(String id) {
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
