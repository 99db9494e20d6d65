package io.sluice.providers.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.providers.Acoustics;
import io.sluice.providers.ProviderProblem;
import io.sluice.providers.SpeechRequest;
import io.sluice.providers.SpeechSynthesizer.Voice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class EspeakTest {
  @TempDir Path directory;

  private Espeak espeak(String program, Duration limit) {
    return new Espeak(new EspeakSettings(program, limit, directory.resolve("tmp")), 2);
  }

  private Espeak installed() {
    var espeak = espeak("espeak-ng", Duration.ofSeconds(20));
    assumeInstalled();
    return espeak;
  }

  /// Skips the test where nobody can speak.
  public static void assumeInstalled() {
    boolean there;
    try {
      there = new ProcessBuilder("espeak-ng", "--version").start().waitFor() == 0;
    } catch (IOException | InterruptedException _) {
      there = false;
    }
    assumeTrue(there, "espeak-ng is not installed: apt-get install espeak-ng");
  }

  private Path script(String body) throws IOException {
    var file = directory.resolve("program");
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "en-US, turn on the kitchen light",
    "es-MX, enciende la luz de la cocina",
    "fr-FR, allume la lumière de la cuisine"
  })
  void speaks(String language, String text) throws Exception {
    var espeak = installed();
    var request = SpeechRequest.of(language, text);
    var audio = espeak.speak(espeak.voiceFor(request).id(), request);
    assertThat(audio.rateHz()).isEqualTo(16_000);
    assertThat(audio.duration()).isBetween(Duration.ofMillis(800), Duration.ofSeconds(4));
    assertThat(audio.speechLevelDb()).isBetween(-35.0, -5.0);
    assertThat(espeak.speak(espeak.voiceFor(request).id(), request)).isEqualTo(audio);
    assertThat(directory.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void takesTextAsTextWhateverIsInIt() throws Exception {
    var espeak = installed();
    for (var text :
        List.of("--help", "$(touch /tmp/no); `id`", "-v xx \u0000 zero", "ok\nsecond line")) {
      var request = SpeechRequest.of("en-US", text);
      assertThat(espeak.speak("en-us", request).samples()).isNotEmpty();
    }
  }

  @Test
  void speaksFasterWhenAsked() throws Exception {
    var espeak = installed();
    var text = "set a timer for fifteen minutes";
    var slow =
        new SpeechRequest("en-US", null, text, new SpeechRequest.Delivery(100, 50), Acoustics.NONE);
    var fast =
        new SpeechRequest("en-US", null, text, new SpeechRequest.Delivery(300, 50), Acoustics.NONE);
    assertThat(espeak.speak("en-us", slow).duration())
        .isGreaterThan(espeak.speak("en-us", fast).duration().multipliedBy(2));
  }

  @Test
  void knowsManyVoices() throws Exception {
    var espeak = installed();
    assertThat(espeak.voices()).hasSizeGreaterThan(60);
    assertThat(espeak.version()).matches("\\d+\\.\\d+.*");
    assertThatThrownBy(() -> espeak.voiceFor(SpeechRequest.of("tlh-XX", "nuqneH")))
        .isInstanceOf(ProviderProblem.NoVoice.class)
        .hasMessageContaining("tlh-XX");
  }

  @Test
  void saysHowToInstallWhatIsMissing() {
    assertThatThrownBy(() -> espeak("no-such-espeak", Duration.ofSeconds(5)).voices())
        .isInstanceOf(ProviderProblem.SpeechNotInstalled.class)
        .hasMessageContaining("apt-get install espeak-ng")
        .hasMessageContaining("SLUICE_PROVIDERS_SPEECH_PROGRAM");
  }

  @Test
  void stopsAProgramThatHangs() throws Exception {
    var espeak = espeak(script("exec tail -f /dev/null").toString(), Duration.ofMillis(300));
    assertThatThrownBy(() -> espeak.speak("en-us", SpeechRequest.of("en-US", "hello")))
        .isInstanceOf(ProviderProblem.SpeechFailed.class)
        .hasMessageContaining("0.3 s");
    assertThat(directory.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void tellsAnExitCode() throws Exception {
    var espeak = espeak(script("exit 3").toString(), Duration.ofSeconds(10));
    assertThatThrownBy(() -> espeak.speak("en-us", SpeechRequest.of("en-US", "hello")))
        .isInstanceOf(ProviderProblem.SpeechFailed.class)
        .hasMessageContaining("3");
  }

  @Test
  void theProgramSeesNothingOfTheServersEnvironment() throws Exception {
    var seen = directory.resolve("seen");
    var espeak = espeak(script("env > " + seen + "; exit 1").toString(), Duration.ofSeconds(10));
    assertThatThrownBy(() -> espeak.speak("en-us", SpeechRequest.of("en-US", "hello")))
        .isInstanceOf(ProviderProblem.SpeechFailed.class);
    assertThat(Files.readAllLines(seen).stream().map(l -> l.split("=", 2)[0]))
        .isSubsetOf("PATH", "LC_ALL", "PWD", "OLDPWD", "SHLVL", "_")
        .contains("PATH");
  }

  @Test
  void leavesOutVoicesThatNeedAnotherProgram() {
    var table =
        """
        Pty Language       Age/Gender VoiceName          File                 Other Languages
         5  es-419          --/M      Spanish_(Latin_America) roa/es-419           (es-mx 6)(es 6)
         7  es-mx           --/M      mexican-mbrola-1   mb/mb-mx1            (es 8)
         5  variant         --/M      Storm              !v/Storm
        """;
    assertThat(Espeak.voices(table))
        .containsExactly(new Voice("es-419", "es-419", "Spanish (Latin America)"));
  }

  @ParameterizedTest
  @CsvSource({
    "en-US, en-us",
    "en-GB, en-gb",
    "en, en-us",
    "en-AU, en-gb",
    "en_US, en-us",
    "es-MX, es-419",
    "es-AR, es-419",
    "es-ES, es",
    "es, es",
    "fr-FR, fr-fr",
    "fr-CA, fr-fr",
    "fr, fr-fr",
    "fr-BE, fr-be",
    "zh-CN, cmn",
    "de-AT, de"
  })
  void choosesWhoSpeaksNearest(String tag, String id) {
    var voices =
        List.of("de", "en-gb", "en-us", "es", "es-419", "fr-be", "fr-fr", "cmn").stream()
            .map(v -> new Voice(v, v, v))
            .toList();
    assertThat(VoiceChoice.of(tag, voices).id()).isEqualTo(id);
  }
}
