package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.webhooks.IncomingCall;
import io.sluice.webhooks.IncomingWebhooks;
import io.sluice.webhooks.IncomingWebhooks.Answer;
import io.sluice.webhooks.ReceivedHook;
import io.sluice.webhooks.WebhookProblem;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Calls from outside, and the history of them.
@RestController
@RequestMapping("/api/v1")
class HookRoutes {
  private static final Set<String> VERDICTS = Set.of("accepted", "refused", "replayed");

  private final IncomingWebhooks hooks;
  private final CurrentTenant tenant;

  HookRoutes(IncomingWebhooks hooks, CurrentTenant tenant) {
    this.hooks = hooks;
    this.tenant = tenant;
  }

  /// What a caller is told.
  ///
  /// @param startedId what was started, if anything was
  record Received(UUID id, String status, @Nullable UUID startedId) {}

  /// The answer to a service that asks whether somebody is there.
  record Challenge(String challenge) {}

  /// The body is read as it comes: signatures are over bytes.
  @RequestBody(content = @Content(mediaType = "*/*", schema = @Schema(type = "string")))
  @PostMapping("/hooks/{token}")
  ResponseEntity<?> receive(@PathVariable String token, HttpServletRequest request)
      throws IOException {
    var call = new IncomingCall(headers(request), query(request), body(request));
    return switch (hooks.receive(token, call)) {
      case Answer.Accepted accepted ->
          ResponseEntity.status(HttpStatus.ACCEPTED)
              .body(new Received(accepted.hook(), "accepted", accepted.started()));
      case Answer.Replayed replayed ->
          ResponseEntity.ok(new Received(replayed.hook(), "replayed", null));
      case Answer.Challenged challenged -> ResponseEntity.ok(new Challenge(challenged.challenge()));
    };
  }

  private static byte[] body(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > IncomingWebhooks.MOST_BYTES) {
      throw new WebhookProblem.HookTooLarge();
    }
    var body = request.getInputStream().readNBytes(IncomingWebhooks.MOST_BYTES + 1);
    if (body.length > IncomingWebhooks.MOST_BYTES) {
      throw new WebhookProblem.HookTooLarge();
    }
    return body;
  }

  private static Map<String, List<String>> headers(HttpServletRequest request) {
    var headers = new TreeMap<String, List<String>>();
    for (var name : Collections.list(request.getHeaderNames())) {
      headers.put(name, Collections.list(request.getHeaders(name)));
    }
    return headers;
  }

  /// Read from the URL: asking the request would take a form's body for parameters.
  private static Map<String, List<String>> query(HttpServletRequest request) {
    var raw = request.getQueryString();
    if (raw == null) {
      return Map.of();
    }
    var query = new TreeMap<String, List<String>>();
    for (var pair : raw.split("&")) {
      var parts = pair.split("=", 2);
      query
          .computeIfAbsent(decoded(parts[0]), _ -> new ArrayList<>())
          .add(parts.length == 1 ? "" : decoded(parts[1]));
    }
    return query;
  }

  /// What is encoded badly stays as it is: no key is like it.
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  @GetMapping("/received-hooks")
  Page<ReceivedHook> list(
      @RequestParam(required = false) @Nullable UUID triggerId,
      @RequestParam(required = false) @Nullable String verdict,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    if (verdict != null && !VERDICTS.contains(verdict)) {
      throw new Page.RequestProblem("BAD_STATE", "verdict", "is one of " + VERDICTS);
    }
    int size = Page.limit(limit);
    var filter = new IncomingWebhooks.Filter(triggerId, verdict);
    return Page.of(
        hooks.received(tenant.get(), filter, Page.after(cursor), size + 1),
        size,
        ReceivedHook::id,
        h -> h);
  }

  @GetMapping("/received-hooks/{id}")
  ReceivedHook get(@PathVariable UUID id) {
    return hooks.received(tenant.get(), id);
  }
}
