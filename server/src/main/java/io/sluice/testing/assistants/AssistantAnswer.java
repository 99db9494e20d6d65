package io.sluice.testing.assistants;

import io.sluice.validation.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an assistant answered, kept whole.
///
/// @param transcript what it understood of the words; null: it does not tell
/// @param intent what it took them for; null: for nothing
/// @param entities the slots that it found
/// @param reply what it says, as text
/// @param sound what it says, as audio
/// @param timing how long it took
/// @param partials what it believed to hear meanwhile, in order
/// @param conversation its own state for the next turn, as plain JSON
/// @param ids by which its makers find this answer again, e.g. `QueryID`
/// @param body the whole answer, as plain JSON, or as text where it is none
/// @param fault null: it answered by its protocol
public record AssistantAnswer(
    @Nullable String transcript,
    @Nullable String intent,
    Map<String, @Nullable Object> entities,
    @Nullable String reply,
    @Nullable Sound sound,
    Timing timing,
    List<Partial> partials,
    @Nullable Object conversation,
    Map<String, @Nullable Object> ids,
    @Nullable Object body,
    @Nullable Fault fault) {

  /// Whether it took the words for something.
  public boolean understood() {
    return fault == null && intent != null;
  }

  /// What validation looks at.
  public Observation observation() {
    return new Observation(transcript, intent, entities, reply, timing.latency(), body);
  }

  /// An answer that tells nothing but that it failed.
  public static AssistantAnswer failed(Fault fault, Timing timing, @Nullable Object body) {
    return new AssistantAnswer(
        null, null, Map.of(), null, null, timing, List.of(), null, Map.of(), body, fault);
  }

  /// Audio as it came.
  ///
  /// @param mediaType e.g. `audio/wav`
  public record Sound(byte[] bytes, String mediaType) {
    @Override
    public String toString() {
      return "Sound[" + bytes.length + " bytes, " + mediaType + "]";
    }
  }

  /// How long it took.
  ///
  /// @param latency from when the last of the utterance was sent to the whole answer: what a person
  ///   waits for
  /// @param took from the start of the call to the whole answer
  /// @param firstPartial from the start of the call to the first partial transcript
  public record Timing(Duration latency, Duration took, @Nullable Duration firstPartial) {
    /// Where nothing is streamed both are the same.
    public static Timing of(Duration took) {
      return new Timing(took, took, null);
    }
  }

  /// A partial transcript.
  ///
  /// @param at since the start of the call
  /// @param last whether it will not change any more
  public record Partial(String text, Duration at, boolean last) {}

  /// Why an answer is none.
  ///
  /// @param code stable, for programs: `ASSISTANT_STATUS`, `ASSISTANT_ERROR`, `ASSISTANT_PROTOCOL`
  /// @param detail for people; redacted
  /// @param passing whether another attempt may help
  public record Fault(String code, String detail, boolean passing) {}
}
