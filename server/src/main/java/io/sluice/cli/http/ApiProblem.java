package io.sluice.cli.http;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The server understood the request and refused it: a problem detail of RFC 9457.
public final class ApiProblem extends RuntimeException {
  private final int status;
  private final String code;
  private final String detail;
  private final List<String> faults;

  ApiProblem(int status, String code, String detail, List<String> faults) {
    super(detail);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.faults = List.copyOf(faults);
  }

  /// Reads what a server answered. What is no problem detail becomes one.
  static ApiProblem of(int status, JsonNode body) {
    var faults = new ArrayList<String>();
    for (var fault : body.path("errors")) {
      faults.add(place(fault) + fault.path("detail").asString(""));
    }
    return new ApiProblem(
        status,
        body.path("code").asString("HTTP_" + status),
        body.path("detail").asString(body.path("title").asString("The server answered " + status)),
        faults);
  }

  /// `cases/light.yaml:3:7 /languages: `, as far as the server says it.
  private static String place(JsonNode fault) {
    var at = new StringBuilder(fault.path("file").asString(""));
    if (fault.path("line").isNumber()) {
      at.append(at.isEmpty() ? "line " : ":").append(fault.path("line").asInt());
      at.append(':').append(fault.path("column").asInt());
    }
    var pointer = fault.path("pointer").asString("");
    if (!pointer.isEmpty()) {
      at.append(at.isEmpty() ? "" : " ").append(pointer);
    }
    return at.isEmpty() ? "" : at + ": ";
  }

  /// Of HTTP.
  public int status() {
    return status;
  }

  /// The stable code.
  public String code() {
    return code;
  }

  /// What failed and what to do.
  public String detail() {
    return detail;
  }

  /// What is wrong where in the request.
  public List<String> faults() {
    return faults;
  }
}
