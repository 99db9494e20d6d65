package io.sluice.assistant.model;

import io.sluice.assistant.AssistantReply;
import io.sluice.assistant.ConversationState;
import io.sluice.assistant.Fault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Understands and answers in one language: words become an intent with entities, faults are put
/// in, and a reply is made of what is left. Threads may share it.
public final class Mind {
  private static final double SURE = 0.95;
  private static final double FOLLOWED = 0.85;
  private static final double INCOMPLETE = 0.6;
  private static final Duration SLOW = Duration.ofMillis(1500);

  private static final Map<String, Mind> ALL =
      Map.of(
          "en",
          new Mind(English.lexicon(), EnumSet.of(Fault.FIFTEEN_IS_FIFTY, Fault.MORNING_IS_EVENING)),
          "es",
          new Mind(Spanish.lexicon(), EnumSet.of(Fault.SLOW_WEATHER, Fault.WRONG_LANGUAGE)),
          "fr",
          new Mind(French.lexicon(), EnumSet.of(Fault.ROOM_IS_LOST, Fault.OFF_IS_ON)));

  private final Lexicon lexicon;
  private final Slots slots;
  private final Faults faults;
  private final Replies replies;

  private Mind(Lexicon lexicon, Set<Fault> faults) {
    this.lexicon = lexicon;
    this.slots = new Slots(lexicon);
    this.faults = new Faults(faults);
    this.replies = new Replies(lexicon);
  }

  /// For a language by its tag.
  public static Optional<Mind> of(String tag) {
    return Optional.ofNullable(ALL.get(tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT)));
  }

  /// Answers.
  public AssistantReply answer(String text, ConversationState state) {
    var understood = faults.misunderstand(understand(text, state));
    var intent = understood.intent();
    var entities = understood.entities();
    int turn = state.turn() + 1;
    if (intent == null) {
      var same = new ConversationState(turn, state.intent(), state.entities());
      return new AssistantReply(text, null, Map.of(), replies.sorry(), same, 0, Duration.ZERO);
    }
    var reply = faults.misspeak(understood, replies.to(intent, entities));
    return new AssistantReply(
        text,
        intent,
        entities,
        reply,
        new ConversationState(turn, intent, entities),
        understood.confidence(),
        faults.slow(understood) ? SLOW : Duration.ZERO);
  }

  private Understanding understand(String text, ConversationState state) {
    var plain = lexicon.words().read(text);
    var before = state.intent();
    var own = intent(plain, before);
    if (own == null && before != null && lexicon.followUp().matcher(plain).find()) {
      return goOn(text, plain, before, state);
    }
    if (own == null) {
      return new Understanding(plain, null, Map.of(), 0);
    }
    var entities = new LinkedHashMap<>(slots.of(own, plain, text));
    boolean pointsBack =
        own.startsWith("lights.")
            && before != null
            && before.startsWith("lights.")
            && lexicon.pronoun().matcher(plain).find();
    if (pointsBack && known(state).get("room") != null) {
      entities.putIfAbsent("room", known(state).get("room"));
    }
    return new Understanding(plain, own, entities, sureness(own, entities, SURE));
  }

  /// "And in the bedroom?": what was wanted before, with what is new.
  private Understanding goOn(String text, String plain, String before, ConversationState state) {
    var fresh = slots.of(before, plain, text);
    if (fresh.isEmpty()) {
      return new Understanding(plain, null, Map.of(), 0);
    }
    var entities = new LinkedHashMap<>(known(state));
    entities.putAll(fresh);
    return new Understanding(plain, before, entities, sureness(before, entities, FOLLOWED));
  }

  /// "Cancel it" and "turn it off" mean what was spoken of before.
  private @Nullable String intent(String plain, @Nullable String before) {
    var found =
        lexicon.rules().stream()
            .filter(rule -> rule.words().matcher(plain).find())
            .findFirst()
            .map(Lexicon.Rule::intent)
            .orElse(null);
    boolean music = "lights.off".equals(found) && before != null && before.startsWith("music.");
    if (music && slots.room(plain).isEmpty() && lexicon.pronoun().matcher(plain).find()) {
      return "music.stop";
    }
    if (found == null
        && before != null
        && plain.matches("^(cancel|annul)\\w*( (it|that|la|le))?$")) {
      return switch (before) {
        case "timer.set" -> "timer.cancel";
        case "alarm.set" -> "alarm.cancel";
        default -> null;
      };
    }
    return found;
  }

  private static double sureness(String intent, Map<String, Object> entities, double whole) {
    boolean complete =
        switch (intent) {
          case "timer.set" -> entities.containsKey("duration");
          case "alarm.set" -> entities.containsKey("time");
          case "lights.dim" -> entities.containsKey("level");
          default -> true;
        };
    return complete ? whole : INCOMPLETE;
  }

  private static Map<String, Object> known(ConversationState state) {
    return state.entities() == null ? Map.of() : state.entities();
  }
}
