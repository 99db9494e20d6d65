package io.sluice.testing.runners;

import io.sluice.engine.IdSource;
import io.sluice.platform.Secrets;
import io.sluice.providers.Audio;
import io.sluice.providers.SpeechRequest;
import io.sluice.providers.SpeechSynthesizer;
import io.sluice.testing.CaseType;
import io.sluice.testing.assistants.Assistant;
import io.sluice.testing.assistants.AssistantAnswer;
import io.sluice.testing.assistants.AssistantConfig;
import io.sluice.testing.assistants.Assistants;
import io.sluice.testing.assistants.Conversation;
import io.sluice.testing.assistants.Utterance;
import io.sluice.testing.model.Expected;
import io.sluice.testing.model.TestLibrary;
import io.sluice.testing.model.Turn;
import io.sluice.testing.run.ExecutionPlan;
import io.sluice.testing.run.Runner;
import io.sluice.testing.run.Trace;
import io.sluice.testing.run.Trace.StepStatus;
import io.sluice.validation.Similarity;
import io.sluice.validation.ValidationResult;
import io.sluice.validation.Validator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Talks to an assistant, turn by turn in one conversation. What the last turn should bring is
/// validation's to judge; each earlier one must be clearly right, or the conversation is over.
@Component
final class VoiceRunner implements Runner {
  private final Assistants assistants;
  private final SpeechSynthesizer speech;
  private final TestLibrary library;
  private final Validator validator;
  private final Secrets secrets;
  private final IdSource ids;

  VoiceRunner(
      Assistants assistants,
      SpeechSynthesizer speech,
      TestLibrary library,
      Similarity similarity,
      Secrets secrets,
      IdSource ids) {
    this.assistants = assistants;
    this.speech = speech;
    this.library = library;
    this.validator = new Validator(similarity, null);
    this.secrets = secrets;
    this.ids = ids;
  }

  @Override
  public CaseType type() {
    return CaseType.VOICE;
  }

  @Override
  public int estimate(ExecutionPlan plan) {
    return plan.said().turns().size() * 2;
  }

  @Override
  public Result run(ExecutionPlan plan, Trace trace) throws Exception {
    var turns = plan.said().turns();
    if (turns.isEmpty()) {
      return Result.skipped("the case says nothing in " + plan.language());
    }
    var config = config(plan);
    var assistant = assistants.open(plan.tenant(), config);
    var talk = Conversation.start(ids.next());
    var answers = new ArrayList<AssistantAnswer>();
    for (int i = 0; i < turns.size(); i++) {
      var answer = ask(plan, trace, new Asked(assistant, config, turns.get(i), talk));
      answers.add(answer);
      talk = talk.after(answer);
      var wrong = wrong(plan, turns.get(i), answer, i == turns.size() - 1);
      if (wrong != null) {
        return Result.failed(
            "Turn %d: %s".formatted(i + 1, wrong),
            answer.reply() == null ? null : "It answered: " + answer.reply(),
            result(answers));
      }
    }
    return Result.passed(result(answers), Map.of(), answers.getLast().observation());
  }

  private AssistantConfig config(ExecutionPlan plan) {
    var config = plan.settings().assistant(plan.sent());
    if (config.isEmpty()) {
      throw new CaseError(
          "NO_ASSISTANT",
          "Nobody says how the assistant is reached; set 'assistant' in the suite, the case or the run's environment",
          null);
    }
    return assistants.read(config);
  }

  /// One turn.
  private record Asked(
      Assistant assistant, AssistantConfig config, Turn turn, Conversation conversation) {}

  private AssistantAnswer ask(ExecutionPlan plan, Trace trace, Asked asked) throws Exception {
    var utterance = utterance(plan, trace, asked);
    trace.left();
    var started = trace.now();
    var answer = asked.assistant().ask(utterance, asked.conversation());
    if (answer.sound() != null) {
      trace.artifact(
          "reply-" + asked.conversation().turn(),
          answer.sound().mediaType(),
          answer.sound().bytes());
    }
    trace.add(told(utterance, answer, started));
    return answer;
  }

  private Utterance utterance(ExecutionPlan plan, Trace trace, Asked asked) throws Exception {
    var turn = asked.turn();
    var text =
        turn.utterance() == null
            ? null
            : String.valueOf(turn.utterance().render(plan.document(Map.of())));
    if (turn.recording() != null) {
      var bytes = library.recording(plan.tenant(), turn.recording());
      trace.artifact("utterance-" + asked.conversation().turn(), "audio/wav", bytes);
      return Utterance.spoken(plan.language(), text, Audio.ofWav(bytes).forSpeech());
    }
    if (text == null || !takesAudio(asked.config())) {
      return Utterance.written(plan.language(), String.valueOf(text));
    }
    var started = trace.now();
    var spoken = speech.speak(plan.tenant(), SpeechRequest.of(plan.language(), text));
    trace.artifact("utterance-" + asked.conversation().turn(), "audio/wav", spoken.audio().wav());
    trace.add(
        new Trace.Step(
            "speak \"" + text + "\"",
            StepStatus.INFO,
            spoken.voice() + (spoken.cached() ? ", spoken before" : ""),
            started,
            java.time.Duration.between(started, trace.now()),
            Map.of("provider", spoken.provider(), "version", spoken.version())));
    return Utterance.spoken(plan.language(), text, spoken.audio());
  }

  private static boolean takesAudio(AssistantConfig config) {
    return switch (config) {
      case AssistantConfig.Houndify houndify -> true;
      case AssistantConfig.Http http ->
          http.audio() != null
              || (http.parts() != null
                  && http.parts().stream().anyMatch(part -> part.audio() != null))
              || String.valueOf(http.json()).contains("utterance.audio");
      case AssistantConfig.Text _ -> false;
    };
  }

  /// Why the conversation does not go on; null: it does.
  private @Nullable String wrong(
      ExecutionPlan plan, Turn turn, AssistantAnswer answer, boolean last) {
    if (answer.fault() != null) {
      if (answer.fault().passing()) {
        throw new CaseError(
            answer.fault().code(), "The assistant has failed: " + answer.fault().detail(), null);
      }
      return answer.fault().detail();
    }
    if (last || turn.expect().equals(Expected.NOTHING)) {
      return null;
    }
    var document = plan.document(Map.of());
    var said = turn.utterance() == null ? null : String.valueOf(turn.utterance().render(document));
    var expected = turn.expect().fill(plan.language(), said, document);
    if (expected.isEmpty()) {
      return null;
    }
    var rules = new Validator.Rules(plan.settings().weights(), plan.settings().thresholds());
    ValidationResult found = validator.validate(expected, answer.observation(), rules);
    if (found.passed()) {
      return null;
    }
    return found.gates().isEmpty()
        ? "only "
            + found.confidence().movePointRight(2).toPlainString()
            + " % like what was expected"
        : found.gates().getFirst().reason();
  }

  private Trace.Step told(Utterance utterance, AssistantAnswer answer, Instant started) {
    return new Trace.Step(
        "say \"" + (utterance.text() == null ? "a recording" : utterance.text()) + "\"",
        answer.fault() == null ? StepStatus.PASSED : StepStatus.FAILED,
        answer.fault() != null ? answer.fault().detail() : String.valueOf(answer.reply()),
        started,
        answer.timing().took(),
        secrets.redact((Object) whole(answer)));
  }

  private static Map<String, @Nullable Object> result(List<AssistantAnswer> answers) {
    var out = new LinkedHashMap<String, @Nullable Object>(whole(answers.getLast()));
    if (answers.size() > 1) {
      out.put("turns", answers.stream().map(VoiceRunner::whole).toList());
    }
    return out;
  }

  /// The answer, all of it but its audio, which is an artifact.
  private static Map<String, @Nullable Object> whole(AssistantAnswer answer) {
    var out = new LinkedHashMap<String, @Nullable Object>();
    out.put("transcript", answer.transcript());
    out.put("intent", answer.intent());
    out.put("entities", answer.entities());
    out.put("reply", answer.reply());
    out.put("latencyMs", answer.timing().latency().toMillis());
    out.put("tookMs", answer.timing().took().toMillis());
    if (answer.timing().firstPartial() != null) {
      out.put("firstPartialMs", answer.timing().firstPartial().toMillis());
    }
    out.put(
        "partials",
        answer.partials().stream()
            .map(p -> Map.of("text", p.text(), "atMs", p.at().toMillis(), "last", p.last()))
            .toList());
    out.put("conversation", answer.conversation());
    out.put("ids", answer.ids());
    out.put("body", answer.body());
    return out;
  }
}
