package io.sluice.api;

import io.sluice.events.EventProblem;
import io.sluice.events.OutsideEvents;
import io.sluice.platform.CurrentTenant;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Events from outside.
@RestController
@RequestMapping("/api/v1/events")
class PublishRoutes {
  private final OutsideEvents events;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;
  private final JsonMapper mapper;

  PublishRoutes(
      OutsideEvents events, CurrentTenant tenant, Idempotency idempotency, JsonMapper mapper) {
    this.events = events;
    this.tenant = tenant;
    this.idempotency = idempotency;
    this.mapper = mapper;
  }

  /// What was announced.
  record Published(UUID id) {}

  /// The body is read by hand, so that what is too large is refused before it is read.
  @RequestBody(
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = OutsideEvents.Draft.class)))
  @PostMapping(consumes = "application/json")
  ResponseEntity<?> publish(
      HttpServletRequest request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key)
      throws IOException {
    var body = body(request);
    var draft = draft(body, request);
    return idempotency.once(
        key,
        "POST /events",
        new String(body, StandardCharsets.UTF_8),
        HttpStatus.ACCEPTED,
        () -> new Published(events.publish(tenant.get(), draft)));
  }

  private static byte[] body(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > OutsideEvents.MOST_BYTES) {
      throw new EventProblem.TooLarge();
    }
    var body = request.getInputStream().readNBytes(OutsideEvents.MOST_BYTES + 1);
    if (body.length > OutsideEvents.MOST_BYTES) {
      throw new EventProblem.TooLarge();
    }
    return body;
  }

  private OutsideEvents.Draft draft(byte[] body, HttpServletRequest request) {
    try {
      return mapper.readValue(body, OutsideEvents.Draft.class);
    } catch (JacksonException e) {
      throw new HttpMessageNotReadableException("", e, new ServletServerHttpRequest(request));
    }
  }
}
