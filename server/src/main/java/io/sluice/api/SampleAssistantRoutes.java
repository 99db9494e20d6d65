package io.sluice.api;

import io.sluice.assistant.AssistantRefusal;
import io.sluice.assistant.AssistantReply;
import io.sluice.assistant.ConversationState;
import io.sluice.assistant.SampleAssistant;
import io.sluice.platform.CurrentTenant;
import io.sluice.providers.Audio;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The sample assistant, as tests reach it: not a part of the API, but something to test with it.
@RestController
@RequestMapping("/sample-assistant")
class SampleAssistantRoutes {
  private static final int MOST_BYTES = 20 * 1024 * 1024;

  private final SampleAssistant assistant;
  private final CurrentTenant tenant;
  private final JsonMapper mapper;

  SampleAssistantRoutes(SampleAssistant assistant, CurrentTenant tenant, JsonMapper mapper) {
    this.assistant = assistant;
    this.tenant = tenant;
    this.mapper = mapper;
  }

  /// What is said to it.
  ///
  /// @param conversation of the last answer; null: it begins
  record Said(
      @Nullable String text, @Nullable String language, @Nullable ConversationState conversation) {}

  /// What it answers.
  ///
  /// @param conversation goes along with what is said next
  record Answer(
      String transcript,
      @Nullable String intent,
      Map<String, Object> entities,
      String reply,
      ConversationState conversation,
      double confidence) {}

  /// More audio than it listens to.
  static final class TooLong extends io.sluice.platform.Problem {
    TooLong() {
      super(
          Sort.TOO_LARGE,
          "UPLOAD_TOO_LARGE",
          "The sample assistant listens to audio of at most 20 MB");
    }
  }

  @PostMapping("/text")
  Answer text(@RequestBody Said said) throws InterruptedException {
    if (said.text() == null) {
      throw new AssistantRefusal.Silence();
    }
    return answered(assistant.read(language(said.language()), said.text(), said.conversation()));
  }

  /// The body is a WAV file.
  @PostMapping(
      path = "/voice",
      consumes = {
        "audio/wav",
        "audio/x-wav",
        "audio/wave",
        "audio/vnd.wave",
        MediaType.APPLICATION_OCTET_STREAM_VALUE
      })
  Answer voice(
      @Parameter(hidden = true) HttpServletRequest request,
      @RequestParam(required = false) @Nullable String language,
      @RequestParam(required = false) @Nullable String conversation)
      throws IOException, InterruptedException {
    return hear(request.getInputStream(), language, conversation);
  }

  /// A form with the file in it.
  @PostMapping(path = "/voice", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  Answer form(
      @RequestParam MultipartFile audio,
      @RequestParam(required = false) @Nullable String language,
      @RequestParam(required = false) @Nullable String conversation)
      throws IOException, InterruptedException {
    try (var in = audio.getInputStream()) {
      return hear(in, language, conversation);
    }
  }

  private Answer hear(InputStream in, @Nullable String language, @Nullable String conversation)
      throws IOException, InterruptedException {
    var wav = in.readNBytes(MOST_BYTES + 1);
    if (wav.length > MOST_BYTES) {
      throw new TooLong();
    }
    return answered(
        assistant.hear(tenant.get(), language(language), Audio.ofWav(wav), state(conversation)));
  }

  private static String language(@Nullable String language) {
    return language == null || language.isBlank() ? "en-US" : language;
  }

  private @Nullable ConversationState state(@Nullable String conversation) {
    if (conversation == null || conversation.isBlank()) {
      return null;
    }
    try {
      return mapper.readValue(conversation, ConversationState.class);
    } catch (JacksonException _) {
      throw new Page.RequestProblem(
          "BAD_PARAMETER", "conversation", "take that of the last answer, as it is");
    }
  }

  /// It thinks for as long as it says.
  private static Answer answered(AssistantReply reply) throws InterruptedException {
    if (reply.delay().isPositive()) {
      Thread.sleep(reply.delay());
    }
    return new Answer(
        reply.transcript(),
        reply.intent(),
        reply.entities(),
        reply.reply(),
        reply.conversation(),
        reply.confidence());
  }
}
