package io.sluice.cli.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A server's HTTP interface. Every method throws [ApiProblem] if the server refuses, and
/// [Unreachable] if there is none.
public final class Api {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Duration UPLOAD = Duration.ofMinutes(30);
  private static final int PAGE = 200;

  private final URI server;
  private final HttpClient client;

  /// A server at a URL, with or without a slash at its end.
  public Api(URI server) {
    this.server = URI.create(server.toString().replaceFirst("/+$", ""));
    var builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    this.client = "http".equals(server.getScheme()) ? withoutTls(builder) : builder.build();
  }

  /// Where it is.
  public URI server() {
    return server;
  }

  /// Reads something.
  public JsonNode get(Query query) {
    return send(request(query).timeout(ANSWER).GET().build());
  }

  /// Reads something that is no JSON.
  public byte[] bytes(Query query) {
    try {
      var response =
          client.send(request(query).timeout(ANSWER).GET().build(), BodyHandlers.ofByteArray());
      if (response.statusCode() / 100 == 2) {
        return response.body();
      }
      throw ApiProblem.of(
          response.statusCode(), problemIn(new String(response.body(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new Unreachable("The server at " + server + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("Interrupted while the server at " + server + " was asked", e);
    }
  }

  /// Asks for something.
  ///
  /// @param body null: none
  public JsonNode post(Query query, @Nullable JsonNode body) {
    var request = request(query).timeout(ANSWER);
    if (body == null) {
      return send(request.POST(HttpRequest.BodyPublishers.noBody()).build());
    }
    return send(
        request
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.compact(body)))
            .build());
  }

  /// Sends a text as it is.
  public JsonNode send(String method, Query query, String text, String contentType) {
    return send(
        request(query)
            .timeout(ANSWER)
            .header("Content-Type", contentType)
            .method(method, HttpRequest.BodyPublishers.ofString(text))
            .build());
  }

  /// Reads a list, page after page.
  ///
  /// @param limit how many items at most
  public List<JsonNode> list(Query query, int limit) {
    var items = new ArrayList<JsonNode>();
    @Nullable String cursor = null;
    do {
      var page =
          get(query.with("limit", Math.min(PAGE, limit - items.size())).with("cursor", cursor));
      page.path("items").forEach(items::add);
      cursor = page.path("nextCursor").asString(null);
    } while (cursor != null && items.size() < limit);
    return items.size() > limit ? items.subList(0, limit) : items;
  }

  /// Uploads a file.
  ///
  /// @param sent is told how many bytes have gone so far
  /// @return what the server made of it: `document`, `created`
  /// @throws IOException if the file can not be read
  public JsonNode upload(Path file, LongConsumer sent) throws IOException {
    var form = Multipart.of(file, sent);
    var answer =
        send(
            request(Query.path("/documents"))
                .timeout(UPLOAD)
                .header("Content-Type", form.contentType())
                .POST(form.body())
                .build());
    return answer.path("items").path(0);
  }

  /// Every client has a TLS context; one that trusts nobody needs no certificates to be read, a
  /// tenth of a second.
  private static HttpClient withoutTls(HttpClient.Builder builder) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return builder.sslContext(context).build();
    } catch (GeneralSecurityException e) {
      return builder.build();
    }
  }

  private HttpRequest.Builder request(Query query) {
    return HttpRequest.newBuilder(URI.create(server + "/api/v1" + query.text()))
        .header("Accept", "application/json");
  }

  private JsonNode send(HttpRequest request) {
    try {
      var response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 == 2) {
        return Json.read(response.body());
      }
      throw ApiProblem.of(response.statusCode(), problemIn(response.body()));
    } catch (JacksonException e) {
      throw new Unreachable("What answers at " + server + " is no Sluice server", e);
    } catch (IOException e) {
      throw new Unreachable("The server at " + server + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("Interrupted while the server at " + server + " was asked", e);
    }
  }

  private static JsonNode problemIn(String body) {
    try {
      return Json.read(body);
    } catch (JacksonException e) {
      return Json.object();
    }
  }
}
