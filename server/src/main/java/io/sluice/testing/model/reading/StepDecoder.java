package io.sluice.testing.model.reading;

import io.sluice.expression.Template;
import io.sluice.sources.Fields;
import io.sluice.sources.Plain;
import io.sluice.testing.model.BrowserStep;
import io.sluice.testing.model.BrowserStep.Command;
import io.sluice.testing.model.HttpStep;
import io.sluice.testing.model.HttpStep.Auth;
import io.sluice.testing.model.HttpStep.Body;
import io.sluice.testing.model.ItemStep;
import io.sluice.testing.model.JsonPath;
import io.sluice.testing.model.ManualStep;
import io.sluice.testing.model.StatusRange;
import io.sluice.testing.model.Step;
import io.sluice.testing.model.WorkflowStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes steps of plain JSON in which nothing is wrong.
final class StepDecoder {
  private StepDecoder() {}

  static List<Step> steps(@Nullable Object steps) {
    return Plain.list(steps).stream().map(StepDecoder::step).toList();
  }

  private static Step step(@Nullable Object step) {
    var json = Fields.of(step);
    return switch (StepRules.Sort.of(step)) {
      case ITEM ->
          new ItemStep(
              title(json, json.text("item")), json.text("item"), json.templates("arguments"));
      case WORKFLOW -> workflow(json);
      case MANUAL ->
          new ManualStep(
              title(json, json.text("instruction")),
              json.template("instruction"),
              json.maybeTemplate("expect"));
      case HTTP -> http(json);
      case BROWSER -> browser(step, json);
    };
  }

  private static String title(Fields json, String otherwise) {
    return Objects.requireNonNullElse(json.maybe("name"), otherwise);
  }

  private static HttpStep http(Fields json) {
    var method = Objects.requireNonNullElse(json.maybe("method"), "GET");
    var request =
        new HttpStep.Request(
            method,
            json.template("url"),
            json.templates("headers"),
            json.templates("query"),
            json.has("body") ? body(json.in("body")) : null,
            json.has("auth") ? auth(json.in("auth")) : null,
            json.duration("timeout"),
            json.flag("followRedirects", false));
    var title = title(json, method + " " + json.text("url"));
    return new HttpStep(title, request, json.expressions("extract"), response(json.in("expect")));
  }

  private static Body body(Fields body) {
    var type = body.maybe("contentType");
    if (body.has("json")) {
      return new Body.Json(body.template("json"), type);
    }
    return body.has("form")
        ? new Body.Form(body.templates("form"), type)
        : new Body.Text(body.template("text"), type);
  }

  private static Auth auth(Fields auth) {
    if (auth.has("basic")) {
      var basic = auth.in("basic");
      return new Auth.Basic(basic.template("username"), basic.template("password"));
    }
    if (auth.has("bearer")) {
      return new Auth.Bearer(auth.template("bearer"));
    }
    var key = auth.in("apiKey");
    return new Auth.ApiKey(key.text("header"), key.template("value"));
  }

  private static HttpStep.Response response(Fields expect) {
    return new HttpStep.Response(
        statuses(expect.get("status")),
        expect.templates("headers"),
        paths(expect.get("jsonPath")),
        assertions(expect),
        expect.has("schema") ? expect.in("schema").map() : null,
        expect.duration("maxTime"));
  }

  private static List<StatusRange> statuses(@Nullable Object status) {
    if (status == null) {
      return StatusRange.SUCCESS;
    }
    var all = status instanceof List<?> list ? list : List.of(status);
    return all.stream().map(s -> StatusRange.read(String.valueOf(s)).orElseThrow()).toList();
  }

  private static Map<JsonPath, Template> paths(@Nullable Object paths) {
    var all = new LinkedHashMap<JsonPath, Template>();
    Plain.map(paths)
        .forEach((path, value) -> all.put(JsonPath.read(path).orElseThrow(), Template.of(value)));
    return all;
  }

  private static List<io.sluice.expression.Expression> assertions(Fields expect) {
    return expect.texts("assertions").stream().map(io.sluice.expression.Expression::of).toList();
  }

  private static WorkflowStep workflow(Fields json) {
    var expect = json.in("expect");
    var result =
        new WorkflowStep.Result(
            Objects.requireNonNullElse(expect.maybe("status"), "completed"),
            paths(expect.get("jsonPath")),
            assertions(expect),
            expect.has("schema") ? expect.in("schema").map() : null,
            expect.duration("maxTime"));
    return new WorkflowStep(
        title(json, "workflow " + json.text("workflow")),
        json.text("workflow"),
        json.maybeTemplate("input"),
        json.expressions("extract"),
        result);
  }

  private static BrowserStep browser(@Nullable Object step, Fields json) {
    if (step instanceof String text) {
      return new BrowserStep(text.strip(), Commands.read(text), null);
    }
    return new BrowserStep(title(json, said(json)), command(json.map()), json.duration("timeout"));
  }

  /// The command as one would write it.
  private static String said(Fields json) {
    var verb = Objects.requireNonNull(Commands.verb(json.map()));
    var what = json.get(verb) instanceof Map<?, ?> map ? condition(map) : json.get(verb);
    var second = json.has("with") ? " with " : " from ";
    return switch (verb) {
      case "fill" -> "fill " + what + second + json.get("with");
      case "select" -> "select " + what + second + json.get("from");
      case "wait" -> "wait for " + what;
      default -> verb + " " + what;
    };
  }

  private static String condition(Map<?, ?> condition) {
    var one = condition.entrySet().iterator().next();
    return one.getKey() + " " + one.getValue();
  }

  /// The command that an object is.
  ///
  /// @throws Commands.Malformed if it is none
  static Command command(Map<String, @Nullable Object> step) {
    var verb = Objects.requireNonNull(Commands.verb(step));
    var what = step.get(verb);
    if (what instanceof Map<?, ?> map && map.size() == 1) {
      var one = map.entrySet().iterator().next();
      var condition =
          Commands.condition(String.valueOf(one.getKey()), String.valueOf(one.getValue()));
      return verb.equals("wait") ? new Command.WaitFor(condition) : new Command.Expect(condition);
    }
    var second = step.get(verb.equals("fill") ? "with" : "from");
    return Commands.command(verb, Plain.text(what), second == null ? "" : String.valueOf(second));
  }
}
