package io.sluice.providers.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.TenantId;
import io.sluice.providers.Acoustics;
import io.sluice.providers.Audio;
import io.sluice.providers.SpeechRequest;
import io.sluice.providers.SpeechSynthesizer.Voice;
import io.sluice.providers.store.SpeechStore;
import io.sluice.testing.SharedServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CachedSpeechTest {
  private static final TenantId OTHER =
      new TenantId(UUID.fromString("00000000-0000-7000-8000-00000000feed"));

  private final Counting program = new Counting();
  private final SpeechStore store = SharedServer.context().getBean(SpeechStore.class);
  private final CachedSpeech speech = new CachedSpeech(program, store);

  /// Speaks a sample a letter, and counts.
  private static final class Counting implements SpeechProgram {
    private int spoken;
    private String version = UUID.randomUUID().toString();

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public String version() {
      return version;
    }

    @Override
    public List<Voice> voices() {
      return List.of(new Voice("v1", "en", "One"), new Voice("v2", "en", "Two"));
    }

    @Override
    public Voice voiceFor(SpeechRequest request) {
      return request.voice() == null
          ? voices().getFirst()
          : VoiceChoice.named(request.voice(), voices());
    }

    @Override
    public Audio speak(String voice, SpeechRequest request) {
      spoken++;
      var text = version + voice + request.text() + request.delivery();
      var samples = new short[text.length()];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (short) (text.charAt(i) * 50);
      }
      return new Audio(Audio.SPEECH_HZ, samples);
    }
  }

  @Test
  void speaksTheSameOnce() throws Exception {
    var request = SpeechRequest.of("en-US", "turn on the light");
    var first = speech.speak(TenantId.DEFAULT, request);
    var second = speech.speak(TenantId.DEFAULT, request);
    assertThat(first.cached()).isFalse();
    assertThat(second.cached()).isTrue();
    assertThat(second.audio()).isEqualTo(first.audio());
    assertThat(second.voice()).isEqualTo("v1");
    assertThat(program.spoken).isEqualTo(1);
  }

  @Test
  void speaksAnewWhateverChanges() throws Exception {
    var request = SpeechRequest.of("en-US", "turn on the light");
    speech.speak(TenantId.DEFAULT, request);
    speech.speak(TenantId.DEFAULT, SpeechRequest.of("en-US", "turn off the light"));
    speech.speak(TenantId.DEFAULT, request.in(Acoustics.QUIET.noisy(10, 1)));
    speech.speak(TenantId.DEFAULT, request.in(Acoustics.QUIET.noisy(10, 2)));
    speech.speak(
        TenantId.DEFAULT,
        new SpeechRequest(
            "en-US", "v2", request.text(), new SpeechRequest.Delivery(200, 50), Acoustics.QUIET));
    speech.speak(OTHER, request);
    assertThat(program.spoken).isEqualTo(6);
    program.version = UUID.randomUUID().toString();
    assertThat(speech.speak(TenantId.DEFAULT, request).cached()).isFalse();
  }

  @Test
  void knowsAgainWhatItHasSpoken() throws Exception {
    var room = Acoustics.QUIET.noisy(5, 9);
    var said = speech.speak(TenantId.DEFAULT, SpeechRequest.of("es-MX", "enciende").in(room));
    var heard = speech.recall(TenantId.DEFAULT, Audio.ofWav(said.audio().wav())).orElseThrow();
    assertThat(heard.text()).isEqualTo("enciende");
    assertThat(heard.language()).isEqualTo("es-MX");
    assertThat(heard.acoustics()).isEqualTo(room);
    assertThat(speech.recall(OTHER, said.audio())).isEmpty();
    var other = said.audio().samples().clone();
    other[0]++;
    assertThat(speech.recall(TenantId.DEFAULT, new Audio(16_000, other))).isEmpty();
  }

  @Test
  void forgetsWhatNobodyAskedForInAQuarter() throws Exception {
    var old = SpeechRequest.of("en-US", "long ago " + UUID.randomUUID());
    speech.speak(TenantId.DEFAULT, old);
    try (var connection = SharedServer.database().connectAsOwner();
        var statement =
            connection.prepareStatement(
                "update sluice.speech set used_at = now() - interval '91 days' where text = ?")) {
      statement.setString(1, old.text());
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
    speech.speak(TenantId.DEFAULT, SpeechRequest.of("en-US", "now " + UUID.randomUUID()));
    assertThat(speech.speak(TenantId.DEFAULT, old).cached()).isFalse();
  }
}
