package io.sluice.providers.openai;

import io.sluice.engine.TenantId;
import io.sluice.guard.MultipartBody;
import io.sluice.providers.Audio;
import io.sluice.providers.Transcriber;
import java.util.Locale;

/// Asks `/audio/transcriptions`.
public final class OpenAiTranscriber implements Transcriber {
  private final Endpoint endpoint;

  /// At an endpoint.
  public OpenAiTranscriber(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public boolean configured() {
    return endpoint.configured();
  }

  @Override
  public Transcript transcribe(TenantId tenant, Audio audio, String language)
      throws InterruptedException {
    endpoint.require("Speech can not be transcribed");
    var form =
        new MultipartBody()
            .field("model", endpoint.model())
            .field("language", language.split("[-_]", 2)[0].toLowerCase(Locale.ROOT))
            .field("response_format", "json")
            .field("temperature", "0")
            .file("file", "speech.wav", "audio/wav", audio.forSpeech().wav());
    var said = endpoint.post(tenant, "/audio/transcriptions", form.bytes(), form.contentType());
    var text = said.json().path("text");
    if (!text.isString()) {
      throw endpoint.unreadable(200);
    }
    return new Transcript(text.asString().strip(), endpoint.model(), said.took());
  }
}
