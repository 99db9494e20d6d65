package io.sluice.api;

import io.sluice.engine.TenantId;
import io.sluice.platform.CurrentTenant;
import io.sluice.workflow.ExecutionFeed;
import io.sluice.workflow.ExecutionView;
import io.sluice.workflow.Executions;
import io.sluice.workflow.StepView;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/// One execution, live.
@RestController
@RequestMapping({"/api/v1/executions/{id}/events", "/api/v1/orchestration/executions/{id}/events"})
class ExecutionEventRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutionEventRoutes.class);

  private final Executions executions;
  private final ExecutionFeed feed;
  private final CurrentTenant tenant;
  private final AsyncTaskExecutor executor;
  private final JsonMapper mapper;
  private final Set<Future<?>> watching = ConcurrentHashMap.newKeySet();

  ExecutionEventRoutes(
      Executions executions,
      ExecutionFeed feed,
      CurrentTenant tenant,
      AsyncTaskExecutor applicationTaskExecutor,
      JsonMapper mapper) {
    this.executions = executions;
    this.feed = feed;
    this.tenant = tenant;
    this.executor = applicationTaskExecutor;
    this.mapper = mapper;
  }

  @ApiResponse(
      responseCode = "200",
      description =
          "Server-sent events `execution` and `step`, each with an id to resume with; ends with the"
              + " execution",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(type = "string")))
  @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter stream(
      @PathVariable UUID id,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    var whose = tenant.get();
    var from = lastEventId == null ? null : mark(lastEventId);
    // Before the answer begins: a problem can not be told any more after that.
    executions.look(whose, id);
    var emitter = new SseEmitter(0L);
    var following = executor.submit(() -> follow(whose, id, from, emitter));
    watching.add(following);
    emitter.onCompletion(() -> end(following));
    emitter.onError(_ -> end(following));
    return emitter;
  }

  private void follow(TenantId whose, UUID id, @Nullable Instant from, SseEmitter emitter) {
    try {
      feed.follow(whose, id, from, new Sender(emitter));
    } catch (InterruptedException _) {
      // The client is gone, or the server stops.
    } catch (Exception e) {
      // The client comes back with the last id that it saw.
      LOG.debug("the stream of execution {} ended", id, e);
    }
    emitter.complete();
  }

  private void end(Future<?> following) {
    watching.remove(following);
    following.cancel(true);
  }

  /// Streams of executions that go on do not end by themselves.
  @EventListener(ContextClosedEvent.class)
  void closing() {
    List.copyOf(watching).forEach(this::end);
  }

  private static Instant mark(String id) {
    try {
      return Instant.EPOCH.plus(Long.parseLong(id), ChronoUnit.MICROS);
    } catch (NumberFormatException e) {
      throw new Page.RequestProblem(
          "BAD_EVENT_ID",
          "Last-Event-ID",
          "is not an id of this stream; leave it out to begin with how things are");
    }
  }

  /// Writes to one client.
  private final class Sender implements ExecutionFeed.Watcher {
    private final SseEmitter emitter;

    Sender(SseEmitter emitter) {
      this.emitter = emitter;
    }

    @Override
    public void execution(ExecutionView execution, Instant mark) throws Exception {
      send("execution", ExecutionAnswer.of(execution), mark);
    }

    @Override
    public void step(StepView step, Instant mark) throws Exception {
      send("step", StepAnswer.of(step), mark);
    }

    private void send(String name, Object data, Instant mark) throws Exception {
      emitter.send(
          SseEmitter.event()
              .id(Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, mark)))
              .name(name)
              .data(mapper.writeValueAsString(data)));
    }

    @Override
    public void quiet() throws Exception {
      emitter.send(SseEmitter.event().comment("still here"));
    }
  }
}
