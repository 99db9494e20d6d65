package io.sluice.workflow.steps;

import io.sluice.expression.Template;
import io.sluice.guard.Headers;
import io.sluice.workflow.model.HttpRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes requests of configs.
final class HttpRequests {
  private HttpRequests() {}

  /// A request, ready to be sent.
  ///
  /// @param service under whose breaker
  /// @param body null: none
  /// @param shown for people
  record Prepared(
      String service,
      String method,
      String url,
      Headers headers,
      byte @Nullable [] body,
      Map<String, @Nullable Object> shown) {
    /// The URL without its query, which may hold secrets.
    String place() {
      int query = url.indexOf('?');
      return query < 0 ? url : url.substring(0, query);
    }
  }

  private record Body(byte @Nullable [] bytes, @Nullable String type, @Nullable Object shown) {}

  static Prepared of(HttpRequest config, StepCall call) {
    var headers = headers(config.headers(), call);
    var query = new ArrayList<String>();
    config.query().forEach((name, value) -> pairs(name, call.render(value), query));
    authorize(config.auth(), call, headers, query);
    var url = withQuery(String.valueOf(call.text(config.url())), query);
    var body = body(config.body(), call);
    var lines = Headers.NONE;
    for (var header : headers.entrySet()) {
      lines = lines.and(header.getKey(), header.getValue());
    }
    if (body.type() != null && !lines.has("Content-Type")) {
      lines = lines.and("Content-Type", body.type());
    }
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("method", config.method().name());
    shown.put("url", url);
    shown.put("headers", withoutAuth(config, headers));
    if (body.shown() != null) {
      shown.put("body", body.shown());
    }
    return new Prepared(
        service(config.service(), url), config.method().name(), url, lines, body.bytes(), shown);
  }

  /// A header that says who calls is not shown, wherever its value comes from.
  private static Map<String, String> withoutAuth(HttpRequest config, Map<String, String> headers) {
    var shown = new LinkedHashMap<>(headers);
    shown.keySet().removeIf("Authorization"::equalsIgnoreCase);
    if (config.auth() instanceof HttpRequest.Auth.ApiKey key) {
      shown.remove(key.name());
    }
    return shown;
  }

  /// The service's name, or the host that is called.
  static String service(@Nullable String name, String url) {
    if (name != null) {
      return name;
    }
    try {
      var uri = URI.create(url);
      var host = uri.getHost() == null ? "unknown" : uri.getHost().replaceAll("[\\[\\]]", "");
      return uri.getPort() < 0 ? host : host + ":" + uri.getPort();
    } catch (IllegalArgumentException e) {
      throw StepFailure.lasting("BAD_URL", "'url' renders to what is no URL", e);
    }
  }

  static Map<String, String> headers(Map<String, Template> templates, StepCall call) {
    var headers = new LinkedHashMap<String, String>();
    templates.forEach((name, template) -> {
      var value = call.text(template);
      if (value != null) {
        headers.put(name, value);
      }
    });
    return headers;
  }

  private static void authorize(
      HttpRequest.@Nullable Auth auth,
      StepCall call,
      Map<String, String> headers,
      List<String> query) {
    switch (auth) {
      case null -> {}
      case HttpRequest.Auth.Basic basic -> {
        var pair = call.text(basic.username()) + ":" + call.text(basic.password());
        var encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        headers.put("Authorization", "Basic " + encoded);
      }
      case HttpRequest.Auth.Bearer bearer ->
          headers.put("Authorization", "Bearer " + call.text(bearer.token()));
      case HttpRequest.Auth.ApiKey key -> {
        var value = call.text(key.value());
        switch (key.in()) {
          case HEADER -> headers.put(key.name(), String.valueOf(value));
          case QUERY -> pairs(key.name(), value, query);
        }
      }
    }
  }

  private static void pairs(String name, @Nullable Object value, List<String> pairs) {
    switch (value) {
      case null -> {}
      case List<?> list -> list.forEach(item -> pairs(name, item, pairs));
      default -> pairs.add(encoded(name) + "=" + encoded(String.valueOf(Texts.of(value))));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String withQuery(String url, List<String> pairs) {
    if (pairs.isEmpty()) {
      return url;
    }
    int hash = url.indexOf('#');
    var bare = hash < 0 ? url : url.substring(0, hash);
    return bare + (bare.indexOf('?') < 0 ? "?" : "&") + String.join("&", pairs);
  }

  private static Body body(HttpRequest.@Nullable Body body, StepCall call) {
    return switch (body) {
      case null -> new Body(null, null, null);
      case HttpRequest.Body.Json json -> {
        var value = call.render(json.value());
        yield new Body(bytes(Texts.json(value)), or(json.contentType(), "application/json"), value);
      }
      case HttpRequest.Body.Form form -> {
        var pairs = new ArrayList<String>();
        form.fields().forEach((name, value) -> pairs(name, call.render(value), pairs));
        var text = String.join("&", pairs);
        yield new Body(
            bytes(text), or(form.contentType(), "application/x-www-form-urlencoded"), text);
      }
      case HttpRequest.Body.Text text -> {
        var value = call.text(text.value());
        yield new Body(
            bytes(value == null ? "" : value),
            or(text.contentType(), "text/plain; charset=utf-8"),
            value);
      }
      case HttpRequest.Body.Base64 base64 -> {
        var value = String.valueOf(call.text(base64.value()));
        yield new Body(decoded(value), or(base64.contentType(), "application/octet-stream"), value);
      }
    };
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw StepFailure.lasting("BAD_BODY", "The body renders to what is no base64", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String or(@Nullable String type, String usual) {
    return type == null ? usual : type;
  }
}
