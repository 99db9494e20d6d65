package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class OpenApiTest {
  @Test
  void listsExactlyTheRoutesThatThereAre() {
    var mapped = new TreeSet<String>();
    var mapping =
        SharedServer.context()
            .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    mapping
        .getHandlerMethods()
        .forEach((info, _) -> {
          for (var path : info.getPatternValues()) {
            for (var method : info.getMethodsCondition().getMethods()) {
              if (path.startsWith("/api/v1/") && !path.startsWith("/api/v1/openapi")) {
                mapped.add(method + " " + path);
              }
            }
          }
        });
    var document = SharedServer.calls().get("/api/v1/openapi.json").json(200);
    var listed = new TreeSet<String>();
    document
        .get("paths")
        .properties()
        .forEach(path -> {
          for (var method : path.getValue().propertyNames()) {
            if (path.getKey().startsWith("/api/v1/")) {
              listed.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
            }
          }
        });
    assertThat(mapped).hasSizeGreaterThan(18);
    assertThat(listed).isEqualTo(mapped);
    assertThat(document.get("openapi").asString()).startsWith("3.1");
    assertThat(document.get("info").get("title").asString()).contains("Sluice");
    var body = document.at("/paths/~1api~1v1~1workflows/post/requestBody/content");
    assertThat(body.at("/application~1json/schema/type").asString()).isEqualTo("object");
    assertThat(body.at("/application~1yaml/schema/type").asString()).isEqualTo("string");
    assertThat(document.at("/components/schemas").propertyNames()).doesNotContain("SseEmitter");
  }

  @Test
  void canBeBrowsed() {
    var http = SharedServer.calls();
    var answer = http.get("/api");
    assertThat(answer.status()).isEqualTo(302);
    var page = http.get(answer.raw().headers().firstValue("Location").orElseThrow());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.type()).startsWith("text/html");
  }
}
