package io.sluice.workflow.model.reading;

import io.sluice.sources.Fields;
import io.sluice.sources.Pointers;
import io.sluice.workflow.model.Audience;
import io.sluice.workflow.model.Conditional;
import io.sluice.workflow.model.Config;
import io.sluice.workflow.model.DataTransform;
import io.sluice.workflow.model.ForEach;
import io.sluice.workflow.model.ForEach.Tolerance;
import io.sluice.workflow.model.FunctionCall;
import io.sluice.workflow.model.HttpRequest;
import io.sluice.workflow.model.HttpRequest.Auth;
import io.sluice.workflow.model.HttpRequest.Body;
import io.sluice.workflow.model.HumanTask;
import io.sluice.workflow.model.OnTimeout;
import io.sluice.workflow.model.Parallel;
import io.sluice.workflow.model.StatusRange;
import io.sluice.workflow.model.StepType;
import io.sluice.workflow.model.SubWorkflow;
import io.sluice.workflow.model.Validation;
import io.sluice.workflow.model.Wait;
import io.sluice.workflow.model.WebhookCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the record of each type's config of plain JSON in which nothing is wrong.
final class ConfigDecoder {
  private ConfigDecoder() {}

  static Config config(StepType type, Fields config) {
    return switch (type) {
      case HTTP_REQUEST -> http(config);
      case DATA_TRANSFORM -> transform(config);
      case CONDITIONAL -> conditional(config);
      case PARALLEL -> parallel(config);
      case FOR_EACH -> forEach(config);
      case WAIT -> waiting(config);
      case WEBHOOK_CALL -> webhook(config);
      case FUNCTION_CALL ->
          new FunctionCall(config.text("function"), config.maybeTemplate("arguments"));
      case VALIDATION -> validation(config);
      case SUB_WORKFLOW -> subWorkflow(config);
      case HUMAN_TASK -> humanTask(config);
    };
  }

  private static HttpRequest http(Fields config) {
    return new HttpRequest(
        config.maybe("service"),
        config.choice("method", HttpRequest.Method.GET),
        config.template("url"),
        config.templates("headers"),
        config.templates("query"),
        config.has("body") ? body(config.in("body")) : null,
        config.has("auth") ? auth(config.in("auth")) : null,
        config.expressions("extract"),
        statuses(config),
        config.flag("followRedirects", false),
        config.get("maxResponseBytes") instanceof Number bytes ? (Long) bytes.longValue() : null);
  }

  private static Body body(Fields body) {
    var type = body.maybe("contentType");
    if (body.has("json")) {
      return new Body.Json(body.template("json"), type);
    }
    if (body.has("form")) {
      return new Body.Form(body.templates("form"), type);
    }
    return body.has("text")
        ? new Body.Text(body.template("text"), type)
        : new Body.Base64(body.template("base64"), type);
  }

  private static Auth auth(Fields auth) {
    return switch (auth.text("type")) {
      case "BASIC" -> new Auth.Basic(auth.template("username"), auth.template("password"));
      case "BEARER" -> new Auth.Bearer(auth.template("token"));
      default ->
          new Auth.ApiKey(
              auth.choice("in", Auth.Place.HEADER), auth.text("name"), auth.template("value"));
    };
  }

  private static List<StatusRange> statuses(Fields config) {
    return config.has("expectedStatus")
        ? config.texts("expectedStatus").stream()
            .map(s -> StatusRange.read(s).orElseThrow())
            .toList()
        : StatusRange.SUCCESS;
  }

  private static DataTransform transform(Fields config) {
    return config.has("rule")
        ? new DataTransform.ByRule(
            config.text("rule"), config.number("version"), config.template("input"))
        : new DataTransform.ByExpression(config.expression("expression"));
  }

  private static Conditional conditional(Fields config) {
    var cases =
        config.all("branches").stream()
            .map(b -> new Conditional.Case(b.expression("when"), steps(b)))
            .toList();
    return new Conditional(cases, DefinitionDecoder.steps(config.get("else")));
  }

  private static List<io.sluice.workflow.model.Step> steps(Fields holder) {
    return DefinitionDecoder.steps(holder.get("steps"));
  }

  private static Parallel parallel(Fields config) {
    var branches = new ArrayList<Parallel.Branch>();
    var list = config.all("branches");
    for (int i = 0; i < list.size(); i++) {
      var path = "/config/branches/" + i + "/steps";
      branches.add(new Parallel.Branch(list.get(i).text("id"), path, steps(list.get(i))));
    }
    config
        .in("branches")
        .map()
        .forEach((id, steps) ->
            branches.add(
                new Parallel.Branch(
                    id, Pointers.child("/config/branches", id), DefinitionDecoder.steps(steps))));
    return new Parallel(
        branches, Math.min(config.number("limit", branches.size()), branches.size()));
  }

  private static ForEach forEach(Fields config) {
    return new ForEach(
        config.expression("items"),
        config.number("concurrency", ForEach.DEFAULT_CONCURRENCY),
        tolerance(config.get("toleratedFailures")),
        steps(config),
        config.maybeTemplate("output"));
  }

  private static Tolerance tolerance(@Nullable Object value) {
    return switch (value) {
      case String text -> new Tolerance(Double.parseDouble(text.replace("%", "")), true);
      case Number number -> new Tolerance(number.doubleValue(), false);
      case null, default -> Tolerance.NONE;
    };
  }

  private static Wait waiting(Fields config) {
    return new Wait(
        waitedFor(config), config.duration("timeout"), config.choice("onTimeout", OnTimeout.FAIL));
  }

  private static Wait.For waitedFor(Fields config) {
    if (config.has("duration")) {
      return new Wait.For.Elapsed(config.template("duration"));
    }
    if (config.has("until")) {
      return new Wait.For.Until(config.template("until"));
    }
    if (config.has("signal")) {
      return new Wait.For.Signal(config.template("signal"));
    }
    var event = config.in("event");
    return new Wait.For.Event(event.text("type"), event.maybeExpression("filter"));
  }

  private static WebhookCall webhook(Fields config) {
    return new WebhookCall(
        config.maybe("service"),
        config.template("url"),
        config.text("eventType"),
        config.maybeTemplate("payload"),
        config.maybe("secret"),
        config.templates("headers"),
        statuses(config));
  }

  private static Validation validation(Fields config) {
    var rules =
        config.all("rules").stream()
            .map(r ->
                new Validation.Rule(
                    r.maybeExpression("when"),
                    r.expression("assert"),
                    r.template("message"),
                    r.choice("severity", Validation.Severity.ERROR)))
            .toList();
    return new Validation(
        config.template("data"),
        config.has("schema") ? config.in("schema").map() : null,
        rules,
        config.choice("onInvalid", Validation.OnInvalid.FAIL),
        audience(config));
  }

  private static Audience audience(Fields config) {
    var review = config.in("review");
    return new Audience(
        review.number("priority", Audience.PRIORITY),
        review.maybeTemplate("language"),
        review.templateList("skills"),
        review.flag("nativeSpeaker", false));
  }

  private static SubWorkflow subWorkflow(Fields config) {
    return new SubWorkflow(
        config.text("workflow"),
        config.number("version"),
        config.maybe("alias"),
        config.maybeTemplate("input"),
        config.flag("wait", true));
  }

  private static HumanTask humanTask(Fields config) {
    return new HumanTask(
        config.template("title"),
        config.maybeTemplate("description"),
        config.in("form").map(),
        config.templateList("assignees"),
        config.templateList("candidateGroups"),
        audience(config),
        config.duration("timeout"),
        config.choice("onTimeout", OnTimeout.FAIL));
  }
}
