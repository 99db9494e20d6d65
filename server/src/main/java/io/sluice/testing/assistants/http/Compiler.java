package io.sluice.testing.assistants.http;

import io.sluice.expression.Expression;
import io.sluice.expression.ExpressionProblem;
import io.sluice.expression.Reference;
import io.sluice.expression.Template;
import io.sluice.platform.Problem.Fault;
import io.sluice.testing.assistants.AssistantConfig.Http;
import io.sluice.testing.assistants.AssistantProblem;
import io.sluice.testing.assistants.http.Compiled.Body;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Compiles a configuration, and says at once everything that is wrong in it.
final class Compiler {
  private static final Set<String> ROOTS = Set.of("utterance", "conversation", "secrets");
  private static final Set<String> ANSWER = Set.of("status", "headers", "body");

  /// What is taken from an answer where the configuration says nothing.
  private static final Map<String, String> USUAL =
      Map.of(
          "transcript", "body.transcript",
          "intent", "body.intent",
          "entities", "body.entities",
          "reply", "body.reply",
          "audio", "body.audio",
          "conversation", "body.conversation",
          "ids", "body.ids",
          "error", "body.error");

  private static final Template NOTHING = Template.of(null);

  private final List<Fault> faults = new ArrayList<>();
  private final Set<Reference> references = new LinkedHashSet<>();

  private Compiler() {}

  /// Compiles.
  ///
  /// @throws AssistantProblem.BadConfig with a pointer to each place that is wrong
  static Compiled compile(Http config) {
    return new Compiler().run(config);
  }

  private Compiled run(Http config) {
    var url = template("/url", config.url());
    var headers = new LinkedHashMap<String, Template>();
    if (config.headers() != null) {
      config
          .headers()
          .forEach((name, value) -> headers.put(name, template("/headers/" + name, value)));
    }
    var body = body(config);
    var extract = extract(config.extract() == null ? Map.of() : config.extract());
    if (!faults.isEmpty()) {
      throw new AssistantProblem.BadConfig(faults);
    }
    return new Compiled(config, url, headers, body, extract, references);
  }

  private Body body(Http config) {
    if (config.json() != null) {
      return new Body.Json(template("/json", config.json()));
    }
    if (config.audio() != null) {
      return new Body.Sound(config.audio());
    }
    if (config.parts() == null) {
      return new Body.None();
    }
    var parts = new ArrayList<Compiled.Part>();
    for (var part : config.parts()) {
      var pointer = "/parts/" + parts.size() + "/value";
      var value = part.value() == null ? null : template(pointer, part.value());
      parts.add(new Compiled.Part(part.name(), value, part.audio()));
    }
    return new Body.Form(parts);
  }

  private Map<String, Expression> extract(Map<String, String> wanted) {
    var out = new LinkedHashMap<String, Expression>();
    USUAL.forEach((name, source) -> out.put(name, Expression.of(source)));
    wanted.forEach((name, source) -> {
      var pointer = "/extract/" + name;
      if (!USUAL.containsKey(name)) {
        faults.add(new Fault(pointer, "is one of " + String.join(", ", sorted(USUAL.keySet()))));
        return;
      }
      var expression = compiled(pointer, () -> Expression.of(source));
      if (expression != null) {
        check(pointer, expression.references(), ANSWER);
        out.put(name, expression);
      }
    });
    return out;
  }

  private Template template(String pointer, @Nullable Object json) {
    var template = compiled(pointer, () -> Template.of(json));
    if (template == null) {
      return NOTHING;
    }
    check(pointer, template.references(), ROOTS);
    references.addAll(template.references());
    return template;
  }

  private <T> @Nullable T compiled(String pointer, Supplier<T> compiling) {
    try {
      return compiling.get();
    } catch (ExpressionProblem e) {
      faults.add(new Fault(pointer, String.valueOf(e.getMessage())));
      return null;
    }
  }

  private void check(String pointer, Set<Reference> read, Set<String> roots) {
    for (var reference : read) {
      if (!roots.contains(reference.root())) {
        faults.add(
            new Fault(
                pointer,
                "reads '" + reference + "'; there is " + String.join(", ", sorted(roots))));
      } else if (reference.root().equals("secrets") && reference.whole()) {
        faults.add(new Fault(pointer, "must name the secret: secrets.name"));
      }
    }
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }
}
