package io.sluice.testing.assistants.http;

import io.sluice.engine.TenantId;
import io.sluice.expression.Expression;
import io.sluice.expression.Reference;
import io.sluice.expression.Template;
import io.sluice.testing.assistants.Assistant;
import io.sluice.testing.assistants.AssistantConfig.Http;
import io.sluice.testing.assistants.AssistantConfig.Http.AudioForm;
import io.sluice.testing.assistants.Tools;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A configuration with its templates and extractions compiled. Threads may share it.
///
/// @param references everything that the templates read
public record Compiled(
    Http config,
    Template url,
    Map<String, Template> headers,
    Body body,
    Map<String, Expression> extract,
    Set<Reference> references) {

  /// What is sent.
  sealed interface Body {
    /// Nothing.
    record None() implements Body {}

    /// JSON.
    record Json(Template template) implements Body {}

    /// A form.
    record Form(List<Part> parts) implements Body {}

    /// The audio alone.
    record Sound(AudioForm form) implements Body {}
  }

  /// A part of a form: one of both is there.
  record Part(String name, @Nullable Template value, @Nullable AudioForm audio) {}

  /// Opens the assistant.
  ///
  /// @throws io.sluice.testing.assistants.AssistantProblem.NoSecret if a secret is not set
  public Assistant open(TenantId tenant, Tools tools) {
    secrets().forEach(tools::secret);
    return new HttpAssistant(tenant, this, tools);
  }

  /// The names of the secrets that it reads.
  Set<String> secrets() {
    var out = new TreeSet<String>();
    for (var reference : references) {
      if (reference.root().equals("secrets") && reference.member() != null) {
        out.add(reference.member());
      }
    }
    return out;
  }

  /// Whether the audio goes into a template.
  boolean readsAudio() {
    return references.stream()
        .anyMatch(r -> r.root().equals("utterance") && (r.whole() || "audio".equals(r.member())));
  }

  /// Whether it can be said to it aloud.
  boolean takesAudio() {
    return readsAudio()
        || body instanceof Body.Sound
        || (body instanceof Body.Form(List<Part> parts)
            && parts.stream().anyMatch(part -> part.audio() != null));
  }
}
