package io.sluice.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks HTTP with a server.
public record Calls(URI base) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String BOUNDARY = "----sluice-test-boundary";
  private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");

  /// A file to upload.
  public record Part(String name, BodyPublisher content) {
    public static Part of(String name, String text) {
      return new Part(name, BodyPublishers.ofString(text));
    }

    public static Part of(Path file) {
      return of(file.getFileName().toString(), file);
    }

    public static Part of(String name, Path file) {
      try {
        return new Part(name, BodyPublishers.ofFile(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public Reply get(String path) {
    return send("GET", path, BodyPublishers.noBody(), Map.of());
  }

  public Reply delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody(), Map.of());
  }

  public Reply post(String path, String json) {
    return post(path, json, Map.of());
  }

  public Reply post(String path, String json, Map<String, String> headers) {
    var all = new java.util.HashMap<>(headers);
    all.put("Content-Type", "application/json");
    return send("POST", path, BodyPublishers.ofString(json), all);
  }

  public Reply send(String method, String path, BodyPublisher body, Map<String, String> headers) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    headers.forEach(request::header);
    try {
      return Reply.of(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Reply upload(Map<String, String> headers, Part... parts) {
    var body = new ArrayList<BodyPublisher>();
    for (var part : parts) {
      body.add(
          bytes(
              "--"
                  + BOUNDARY
                  + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                  + part.name()
                  + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"));
      body.add(part.content());
      body.add(bytes("\r\n"));
    }
    body.add(bytes("--" + BOUNDARY + "--\r\n"));
    var all = new java.util.HashMap<>(headers);
    all.put("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
    return send(
        "POST",
        "/api/v1/documents",
        BodyPublishers.concat(body.toArray(BodyPublisher[]::new)),
        all);
  }

  private static BodyPublisher bytes(String text) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return BodyPublishers.ofByteArray(out.toByteArray());
  }

  /// Uploads and returns the documents.
  public List<JsonNode> uploaded(Part... parts) {
    var items = upload(Map.of(), parts).json(202).get("items");
    return items.valueStream().map(i -> i.get("document")).toList();
  }

  /// Uploads one and waits for its end.
  public JsonNode ingested(String name, String text) {
    return ended(uploaded(Part.of(name, text)).getFirst().get("id").asString());
  }

  public JsonNode document(String id) {
    return get("/api/v1/documents/" + id).json(200);
  }

  /// Waits for a document's job to end.
  public JsonNode ended(String id) {
    return Await.value(
        "document " + id + " ends",
        Duration.ofSeconds(60),
        () -> Optional.of(document(id)).filter(d -> ENDED.contains(d.get("status").asString())));
  }

  public JsonNode job(JsonNode document) {
    return get("/api/v1/jobs/" + document.get("jobId").asString()).json(200);
  }

  public JsonNode search(String query) {
    return get("/api/v1/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
        .json(200)
        .get("items");
  }

  public Reply sql(String query) {
    return post("/api/v1/sql", JSON.writeValueAsString(Map.of("query", query)));
  }

  /// The rows of a query that must be answered, each as texts.
  public List<List<String>> rows(String query) {
    return sql(query)
        .json(200)
        .get("rows")
        .valueStream()
        .map(row -> row.valueStream().map(v -> v.isNull() ? "null" : v.asString()).toList())
        .toList();
  }

  /// The names of the stages that a job's history has recorded, in order.
  public static List<String> stages(JsonNode job) {
    return job.get("history")
        .valueStream()
        .filter(l -> l.get("what").asString().equals("step"))
        .map(l -> l.get("why").asString())
        .toList();
  }

  /// What a scrape has for a metric, summed over its tags.
  public double metric(String name) {
    return Arrays.stream(get("/actuator/prometheus").body().split("\n"))
        .filter(l -> l.startsWith(name + "{") || l.startsWith(name + " "))
        .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
        .sum();
  }
}
