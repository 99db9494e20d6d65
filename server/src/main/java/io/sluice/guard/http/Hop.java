package io.sluice.guard.http;

import io.sluice.guard.Call;
import io.sluice.guard.CallFailure.BadHeader;
import io.sluice.guard.Headers;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/// One request of a call: the first, or what a redirect made of it.
record Hop(Target target, String method, Headers headers, byte @Nullable [] body) {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  /// What the connection decides.
  private static final Set<String> OURS =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-connection",
          "upgrade",
          "te",
          "trailer",
          "expect");

  /// What goes along to another host: nothing that could be a secret.
  private static final Set<String> HARMLESS =
      Set.of(
          "accept",
          "accept-language",
          "accept-encoding",
          "content-type",
          "content-language",
          "user-agent",
          "idempotency-key");

  private static final Set<String> OF_A_BODY =
      Set.of("content-type", "content-language", "content-encoding");

  /// The first request of a call.
  static Hop of(Call call, Headers headers) {
    if (!TOKEN.matcher(call.method()).matches()) {
      throw new BadHeader("The method is no word that HTTP knows");
    }
    headers.all().forEach(Hop::check);
    return new Hop(
        Target.read(call.url()), call.method().toUpperCase(Locale.ROOT), headers, call.body());
  }

  private static void check(Headers.Line line) {
    if (!TOKEN.matcher(line.name()).matches()) {
      throw new BadHeader("A header's name has characters that can not be sent");
    }
    if (OURS.contains(line.name().toLowerCase(Locale.ROOT))) {
      throw new BadHeader("The header '" + line.name() + "' can not be set; leave it out");
    }
    if (line.value().chars().anyMatch(c -> c == 127 || (c < ' ' && c != '\t'))) {
      throw new BadHeader(
          "The value of header '" + line.name() + "' has line breaks or control characters");
    }
  }

  /// What a redirect makes of it.
  Hop redirected(int status, String location) {
    var next = target.redirected(location);
    boolean bare = status == 303 || (status <= 302 && method.equals("POST"));
    var kept =
        headers.only(line -> {
          var name = line.name().toLowerCase(Locale.ROOT);
          return (!bare || !OF_A_BODY.contains(name))
              && (next.sameOrigin(target) || HARMLESS.contains(name));
        });
    if (bare && !method.equals("HEAD")) {
      return new Hop(next, "GET", kept, null);
    }
    return new Hop(next, method, kept, body);
  }

  /// As the client sends it.
  HttpUriRequestBase request() {
    var request = new HttpUriRequestBase(method, target.url());
    headers.all().forEach(line -> request.addHeader(line.name(), line.value()));
    if (body != null) {
      var type = headers.first("Content-Type");
      request.setEntity(
          new ByteArrayEntity(body, type.map(ContentType::parseLenient).orElse(null)));
    }
    return request;
  }
}
