package io.sluice.api;

import io.sluice.platform.Problem.Fault;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// What is wrong with a JSON body, with a pointer and without a class name.
final class JsonFaults {
  private JsonFaults() {}

  static String detail(HttpMessageNotReadableException e) {
    return switch (e.getCause()) {
      case UnrecognizedPropertyException unknown ->
          "The field '"
              + unknown.getPropertyName()
              + "' is not known here; see /api/v1/openapi.json";
      case DatabindException wrong -> "The value at '" + pointer(wrong) + "' does not fit";
      case null, default -> "The body is not valid JSON, or is missing";
    };
  }

  static List<Fault> faults(HttpMessageNotReadableException e) {
    return e.getCause() instanceof DatabindException wrong
        ? List.of(new Fault(pointer(wrong), detail(e)))
        : List.of();
  }

  private static String pointer(DatabindException e) {
    return e.getPath().stream()
        .map(p -> "/" + (p.getPropertyName() == null ? p.getIndex() : p.getPropertyName()))
        .collect(Collectors.joining());
  }
}
