package io.sluice.providers.speech;

import io.sluice.engine.TenantId;
import io.sluice.providers.Audio;
import io.sluice.providers.Speech;
import io.sluice.providers.SpeechMemory;
import io.sluice.providers.SpeechRequest;
import io.sluice.providers.SpeechSynthesizer;
import io.sluice.providers.store.SpeechStore;
import io.sluice.providers.store.SpeechStore.Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Speaks each request once. What is kept is what goes out, acoustics included, so that it can be
/// known again.
public final class CachedSpeech implements SpeechSynthesizer, SpeechMemory {
  private final SpeechProgram program;
  private final SpeechStore store;

  CachedSpeech(SpeechProgram program, SpeechStore store) {
    this.program = program;
    this.store = store;
  }

  /// On espeak-ng.
  public static CachedSpeech of(Espeak espeak, SpeechStore store) {
    return new CachedSpeech(espeak, store);
  }

  @Override
  public Speech speak(TenantId tenant, SpeechRequest request) throws InterruptedException {
    var voice = program.voiceFor(request).id();
    var key = key(voice, request);
    var kept = store.get(tenant, key);
    if (kept.isPresent()) {
      return speech(Audio.ofPcm(Audio.SPEECH_HZ, kept.get()), voice, true);
    }
    var audio = program.speak(voice, request).in(request.acoustics());
    store.put(
        tenant,
        new Entry(key, program.name(), program.version(), voice, request, audio.sha256()),
        audio.pcm());
    return speech(audio, voice, false);
  }

  private Speech speech(Audio audio, String voice, boolean cached) throws InterruptedException {
    return new Speech(audio, program.name(), program.version(), voice, cached);
  }

  /// A hash over everything that changes a sample, each part with its length before it.
  private String key(String voice, SpeechRequest request) throws InterruptedException {
    var room = request.acoustics();
    var parts =
        List.of(
            program.name(),
            program.version(),
            voice,
            request.delivery().toString(),
            room.toString(),
            request.text());
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update((part.length() + ":" + part + ";").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public List<Voice> voices() throws InterruptedException {
    return program.voices();
  }

  @Override
  public Optional<Heard> recall(TenantId tenant, Audio audio) {
    return store.heard(tenant, audio.forSpeech().sha256());
  }
}
