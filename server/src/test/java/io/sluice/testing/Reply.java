package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An answer over HTTP.
public record Reply(int status, String type, String body, HttpResponse<String> raw) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Reply of(HttpResponse<String> response) {
    return new Reply(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body(),
        response);
  }

  /// The body as JSON.
  public JsonNode json() {
    return JSON.readTree(body);
  }

  /// The body as JSON of an answer that must have that status.
  public JsonNode json(int expected) {
    assertThat(status).as(body).isEqualTo(expected);
    return json();
  }

  /// Checks that it is a whole problem and tells nothing of the inside.
  public JsonNode problem(int expected, String code) {
    assertThat(status).as(body).isEqualTo(expected);
    assertThat(type).as(body).startsWith("application/problem+json");
    var problem = json();
    assertThat(problem.path("status").asInt()).isEqualTo(expected);
    assertThat(problem.path("title").asString()).isNotBlank();
    assertThat(problem.path("type").asString()).isNotBlank();
    assertThat(problem.path("detail").asString()).isNotBlank();
    assertThat(problem.path("code").asString()).isEqualTo(code);
    assertThat(body)
        .doesNotContain("io.sluice", "org.springframework", "Exception", "\tat ", "java.lang");
    return problem;
  }
}
