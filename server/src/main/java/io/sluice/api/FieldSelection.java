package io.sluice.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `?fields=a,b.c` on a GET returns only those; in a list, of each item.
@RestControllerAdvice
class FieldSelection implements ResponseBodyAdvice<Object> {
  private final JsonMapper mapper;

  FieldSelection(JsonMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public boolean supports(
      MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
    return method.getContainingClass().getPackageName().startsWith("io.sluice.api");
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter method,
      MediaType type,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    var fields = fields(request);
    if (body == null || fields == null || !MediaType.APPLICATION_JSON.isCompatibleWith(type)) {
      return body;
    }
    var wanted =
        Arrays.stream(fields.split(",")).map(f -> List.of(f.strip().split("\\."))).toList();
    var tree = mapper.valueToTree(body);
    if (body instanceof Page<?>) {
      var page = (ObjectNode) tree;
      page.set("items", pick(page.get("items"), wanted));
      return page;
    }
    return pick(tree, wanted);
  }

  private static @Nullable String fields(ServerHttpRequest request) {
    if (request instanceof ServletServerHttpRequest servlet) {
      HttpServletRequest http = servlet.getServletRequest();
      return http.getMethod().equals("GET") ? http.getParameter("fields") : null;
    }
    return null;
  }

  private JsonNode pick(JsonNode node, List<List<String>> wanted) {
    if (node instanceof ArrayNode array) {
      var picked = mapper.createArrayNode();
      array.forEach(item -> picked.add(pick(item, wanted)));
      return picked;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    var picked = mapper.createObjectNode();
    for (var name : wanted.stream().map(List::getFirst).distinct().toList()) {
      var value = object.get(name);
      if (value != null) {
        var below =
            wanted.stream()
                .filter(w -> w.getFirst().equals(name) && w.size() > 1)
                .map(w -> w.subList(1, w.size()))
                .toList();
        picked.set(name, below.isEmpty() ? value : pick(value, below));
      }
    }
    return picked;
  }
}
