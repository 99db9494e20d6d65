package io.sluice.testing.runners;

import io.sluice.engine.TenantId;
import io.sluice.guard.Call;
import io.sluice.guard.CallOptions;
import io.sluice.testing.model.HttpStep;
import io.sluice.testing.model.HttpStep.Auth;
import io.sluice.testing.model.HttpStep.Body;
import io.sluice.testing.run.Runner.CaseError;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Makes calls of requests.
final class Requests {
  private static final int REDIRECTS = 10;

  private final JsonMapper json;

  Requests(JsonMapper json) {
    this.json = json;
  }

  /// The call of a request, filled in.
  ///
  /// @param left of the attempt's time
  Call call(TenantId tenant, HttpStep.Request request, Rendering rendering, Duration left) {
    var url = url(request, rendering);
    var timeout =
        request.timeout() == null || request.timeout().compareTo(left) > 0
            ? left
            : request.timeout();
    var options =
        CallOptions.DEFAULT.within(timeout).following(request.followRedirects() ? REDIRECTS : 0);
    var call = Call.of(tenant, service(url), request.method(), url).with(options);
    for (var header : request.headers().entrySet()) {
      var value = rendering.text(header.getValue());
      if (value != null) {
        call = call.with(header.getKey(), value);
      }
    }
    call = authorised(call, request.auth(), rendering);
    return request.body() == null ? call : with(call, request.body(), rendering);
  }

  /// Calls to one host are guarded together.
  private static String service(String url) {
    try {
      var uri = new URI(url);
      if (uri.getHost() == null) {
        throw new CaseError("BAD_URL", "The URL of a request has no host", null);
      }
      int port = uri.getPort();
      return ("test:" + uri.getHost() + (port < 0 ? "" : ":" + port))
          .toLowerCase(Locale.ROOT)
          .replaceAll("[^a-z0-9._:-]", "_");
    } catch (URISyntaxException e) {
      throw new CaseError("BAD_URL", "The URL of a request is malformed", e.getReason());
    }
  }

  private static String url(HttpStep.Request request, Rendering rendering) {
    var url = rendering.text(request.url());
    if (url == null) {
      throw new CaseError("BAD_URL", "The URL of a request is empty", null);
    }
    var query = pairs(request.query(), rendering);
    return query.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + query;
  }

  private static String pairs(
      Map<String, io.sluice.expression.Template> fields, Rendering rendering) {
    var out = new ArrayList<String>();
    fields.forEach((name, template) -> {
      var value = rendering.value(template);
      var all = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
      all.forEach(one -> out.add(encoded(name) + "=" + encoded(String.valueOf(one))));
    });
    return String.join("&", out);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Call authorised(Call call, @Nullable Auth auth, Rendering rendering) {
    return switch (auth) {
      case null -> call;
      case Auth.Basic basic ->
          call.with(
              "Authorization",
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString(
                          (rendering.text(basic.username())
                                  + ":"
                                  + rendering.text(basic.password()))
                              .getBytes(StandardCharsets.UTF_8)));
      case Auth.Bearer bearer ->
          call.with("Authorization", "Bearer " + rendering.text(bearer.token()));
      case Auth.ApiKey key -> call.with(key.header(), String.valueOf(rendering.text(key.value())));
    };
  }

  private Call with(Call call, Body body, Rendering rendering) {
    var type = body.contentType();
    return switch (body) {
      case Body.Json sent ->
          call.with(
              json.writeValueAsBytes(rendering.value(sent.value())),
              type == null ? "application/json" : type);
      case Body.Form form ->
          call.with(
              pairs(form.fields(), rendering).getBytes(StandardCharsets.UTF_8),
              type == null ? "application/x-www-form-urlencoded" : type);
      case Body.Text text ->
          call.with(
              String.valueOf(rendering.text(text.value())).getBytes(StandardCharsets.UTF_8),
              type == null ? "text/plain; charset=utf-8" : type);
    };
  }
}
