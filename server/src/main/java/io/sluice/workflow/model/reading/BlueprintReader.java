package io.sluice.workflow.model.reading;

import io.sluice.sources.Fields;
import io.sluice.sources.Finding;
import io.sluice.sources.Findings;
import io.sluice.sources.Nearest;
import io.sluice.sources.Plain;
import io.sluice.sources.Source;
import io.sluice.sources.SourceReader;
import io.sluice.workflow.model.template.Blueprint;
import io.sluice.workflow.model.template.Parameter;
import io.sluice.workflow.model.template.ParameterType;
import io.sluice.workflow.model.template.Placeholders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Reads templates, and the values that are filled in.
public final class BlueprintReader {
  /// What became of something.
  public sealed interface Result<T> {
    /// It is right.
    record Right<T>(T value) implements Result<T> {}

    /// It is not.
    record Wrong<T>(List<Finding> findings) implements Result<T> {}
  }

  private final Findings findings = new Findings();

  private BlueprintReader() {}

  /// A template.
  public static Result<Blueprint> read(Source source) {
    return new BlueprintReader().blueprint(source);
  }

  private Result<Blueprint> blueprint(Source source) {
    var value = SourceReader.read(source.text(), source.format(), findings);
    if (value != null || !findings.hasErrors()) {
      Schemas.TEMPLATE.check(value, findings);
    }
    if (findings.hasErrors()) {
      return new Result.Wrong<>(findings.errors());
    }
    var json = Fields.of(value);
    var body = json.in("body").map();
    var list = Plain.list(json.get("parameters"));
    var parameters = parameters(list);
    placeholders(body, parameters);
    return findings.hasErrors()
        ? new Result.Wrong<>(findings.errors())
        : new Result.Right<>(
            new Blueprint(json.text("name"), json.maybe("description"), parameters, list, body));
  }

  /// The parameters of a stored template, which were right when it was stored.
  public static List<Parameter> stored(@Nullable Object parameters) {
    return new BlueprintReader().parameters(Plain.list(parameters));
  }

  private List<Parameter> parameters(List<@Nullable Object> list) {
    var read = new LinkedHashMap<String, Parameter>();
    for (int i = 0; i < list.size(); i++) {
      var parameter = parameter(Fields.of(list.get(i)), "/parameters/" + i);
      if (read.putIfAbsent(parameter.name(), parameter) != null) {
        findings.error(
            "DUPLICATE_PARAMETER",
            "/parameters/" + i + "/name",
            "Another parameter has the name '" + parameter.name() + "' too");
      }
    }
    return List.copyOf(read.values());
  }

  private Parameter parameter(Fields json, String at) {
    var type = json.text("type");
    var parameter =
        new Parameter(
            json.text("name"),
            ParameterType.of(type),
            json.flag("required", !json.has("default")),
            json.get("default"),
            json.texts("values"),
            pattern(json.maybe("pattern"), at),
            json.get("min"),
            json.get("max"));
    if (parameter.type() == ParameterType.ENUM && parameter.values().isEmpty()) {
      findings.error("MISSING_FIELD", at, "An enum needs 'values'");
    }
    if (parameter.otherwise() != null) {
      parameter
          .fault(parameter.otherwise())
          .ifPresent(fault -> findings.error("BAD_DEFAULT", at + "/default", fault));
    }
    return parameter;
  }

  private @Nullable Pattern pattern(@Nullable String pattern, String at) {
    try {
      return pattern == null ? null : Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      findings.error(
          "BAD_FORMAT", at + "/pattern", "is no regular expression: " + e.getDescription());
      return null;
    }
  }

  private void placeholders(Map<String, @Nullable Object> body, List<Parameter> parameters) {
    var known = new TreeSet<String>();
    parameters.forEach(p -> known.add(p.name()));
    Placeholders.find(
        body,
        "/body",
        (name, pointer) -> {
          if (!known.contains(name)) {
            findings.error(
                "UNKNOWN_PARAMETER",
                pointer,
                "There is no parameter '" + name + "'." + Nearest.hint(name, known));
          }
        });
  }

  /// The values that are filled in: those given, and defaults.
  public static Result<Map<String, @Nullable Object>> values(
      List<Parameter> parameters, Map<String, @Nullable Object> given) {
    return new BlueprintReader().filled(parameters, given);
  }

  private Result<Map<String, @Nullable Object>> filled(
      List<Parameter> parameters, Map<String, @Nullable Object> given) {
    var names = parameters.stream().map(Parameter::name).toList();
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (var parameter : parameters) {
      var value = given.get(parameter.name());
      value(parameter, value == null ? parameter.otherwise() : value);
      values.put(parameter.name(), value == null ? parameter.otherwise() : value);
    }
    for (var name : new ArrayList<>(given.keySet())) {
      if (!names.contains(name)) {
        findings.error(
            "UNKNOWN_PARAMETER",
            "/parameters/" + name,
            "There is no parameter '" + name + "'." + Nearest.hint(name, names));
      }
    }
    return findings.hasErrors()
        ? new Result.Wrong<>(findings.errors())
        : new Result.Right<>(values);
  }

  private void value(Parameter parameter, @Nullable Object value) {
    var at = "/parameters/" + parameter.name();
    if (value != null) {
      parameter.fault(value).ifPresent(fault -> findings.error("BAD_PARAMETER", at, fault));
    } else if (parameter.required()) {
      findings.error("MISSING_PARAMETER", at, "Parameter '" + parameter.name() + "' is required");
    }
  }
}
