package io.sluice.testing.assistants.http;

import io.sluice.engine.TenantId;
import io.sluice.expression.ExpressionProblem;
import io.sluice.expression.Scope;
import io.sluice.expression.Template;
import io.sluice.guard.Call;
import io.sluice.guard.CallOptions;
import io.sluice.guard.Headers;
import io.sluice.guard.MultipartBody;
import io.sluice.testing.assistants.Assistant;
import io.sluice.testing.assistants.AssistantAnswer;
import io.sluice.testing.assistants.AssistantConfig.Http;
import io.sluice.testing.assistants.AssistantConfig.Http.AudioForm;
import io.sluice.testing.assistants.AssistantConfig.Text;
import io.sluice.testing.assistants.AssistantProblem;
import io.sluice.testing.assistants.Conversation;
import io.sluice.testing.assistants.Tools;
import io.sluice.testing.assistants.Utterance;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Speaks any HTTP API: requests by templates, answers by extractions.
public final class HttpAssistant implements Assistant {
  /// What the preset `text` sends.
  private static final Map<String, Object> WORDS =
      Map.of(
          "text", "${utterance.text}",
          "language", "${utterance.language}",
          "conversation", "${conversation.state}");

  private final TenantId tenant;
  private final Compiled compiled;
  private final Tools tools;
  private final AnswerReader reader;

  HttpAssistant(TenantId tenant, Compiled compiled, Tools tools) {
    this.tenant = tenant;
    this.compiled = compiled;
    this.tools = tools;
    this.reader = new AnswerReader(compiled.extract(), tools);
  }

  /// Looks at a configuration and compiles what is in it.
  ///
  /// @throws AssistantProblem.BadConfig if it can not be used
  public static Compiled compile(Http config) {
    return Compiler.compile(config);
  }

  /// What an assistant without audio is in full.
  public static Http preset(Text text) {
    return new Http(
        text.url(),
        "POST",
        text.headers(),
        WORDS,
        null,
        null,
        text.extract(),
        text.timeout(),
        text.service());
  }

  @Override
  public AssistantAnswer ask(Utterance utterance, Conversation conversation)
      throws InterruptedException {
    if (utterance.text() == null && !compiled.takesAudio()) {
      throw new AssistantProblem.WrongForm(
          "The assistant takes words, and this utterance is audio only; give the case its words");
    }
    var scope = new Scope(document(utterance, conversation), tools.clock().instant());
    return reader.read(tools.outbound().send(call(utterance, scope)));
  }

  private Map<String, @Nullable Object> document(Utterance utterance, Conversation conversation) {
    var said = new LinkedHashMap<String, @Nullable Object>();
    said.put("text", utterance.text());
    said.put("language", utterance.language());
    said.put("primary", utterance.language().split("[-_]", 2)[0].toLowerCase(Locale.ROOT));
    if (compiled.readsAudio()) {
      said.put("audio", Base64.getEncoder().encodeToString(audio(utterance, AudioForm.WAV)));
    }
    var talk = new LinkedHashMap<String, @Nullable Object>();
    talk.put("id", conversation.id().toString());
    talk.put("turn", conversation.turn());
    talk.put("state", conversation.state());
    var secrets = new LinkedHashMap<String, @Nullable Object>();
    compiled.secrets().forEach(name -> secrets.put(name, tools.secret(name)));
    var out = new LinkedHashMap<String, @Nullable Object>();
    out.put("utterance", said);
    out.put("conversation", talk);
    out.put("secrets", secrets);
    return out;
  }

  private Call call(Utterance utterance, Scope scope) {
    var config = compiled.config();
    var url = text(compiled.url(), scope);
    var headers = Headers.NONE.and("Accept", "application/json, audio/*;q=0.8, */*;q=0.5");
    for (var header : compiled.headers().entrySet()) {
      headers = headers.and(header.getKey(), text(header.getValue(), scope));
    }
    var method = config.method() == null ? "POST" : config.method();
    var call =
        Call.of(tenant, service(url), method, url)
            .with(headers)
            .with(
                CallOptions.DEFAULT.within(
                    Optional.ofNullable(config.timeout()).orElse(Http.PATIENCE)));
    return withBody(call, utterance, scope);
  }

  private Call withBody(Call call, Utterance utterance, Scope scope) {
    return switch (compiled.body()) {
      case Compiled.Body.None _ -> call;
      case Compiled.Body.Json(Template template) ->
          call.with(tools.json().writeValueAsBytes(template.render(scope)), "application/json");
      case Compiled.Body.Sound(AudioForm form) ->
          call.with(audio(utterance, form), mediaType(form));
      case Compiled.Body.Form form -> {
        var body = form(form, utterance, scope);
        yield call.with(body.bytes(), body.contentType());
      }
    };
  }

  private static MultipartBody form(Compiled.Body.Form form, Utterance utterance, Scope scope) {
    var body = new MultipartBody();
    for (var part : form.parts()) {
      if (part.value() != null) {
        body.field(part.name(), text(part.value(), scope));
      } else if (part.audio() != null) {
        var name = part.audio() == AudioForm.WAV ? "speech.wav" : "speech.pcm";
        body.file(part.name(), name, mediaType(part.audio()), audio(utterance, part.audio()));
      }
    }
    return body;
  }

  private static byte[] audio(Utterance utterance, AudioForm form) {
    var audio = utterance.audio();
    if (audio == null) {
      throw new AssistantProblem.WrongForm(
          "The assistant takes audio, and this utterance is words only; make the case a voice case");
    }
    var speech = audio.forSpeech();
    return form == AudioForm.WAV ? speech.wav() : speech.pcm();
  }

  private static String mediaType(AudioForm form) {
    return form == AudioForm.WAV ? "audio/wav" : "application/octet-stream";
  }

  /// As text, whatever its type; nothing and null are no text.
  private static String text(Template template, Scope scope) {
    var value = template.render(scope);
    if (value instanceof Map<?, ?> || value instanceof Iterable<?>) {
      throw new ExpressionProblem.Failed("A text is wanted here; write it with $string()");
    }
    return value == null ? "" : value.toString();
  }

  /// The name that its calls are guarded under.
  private String service(String url) {
    if (compiled.config().service() != null) {
      return compiled.config().service();
    }
    try {
      var host = String.valueOf(URI.create(url.strip()).getHost());
      return "assistant." + host.replaceAll("[^A-Za-z0-9.-]", "").toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException _) {
      // The call itself will tell.
      return "assistant";
    }
  }
}
