package io.sluice.providers.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.providers.Acoustics;
import io.sluice.providers.Audio;
import io.sluice.providers.ProviderProblem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioTest {
  private static final double AMPLITUDE = 12_000;

  private static Audio tone(int rate, double hertz, int samples) {
    var out = new short[samples];
    for (int i = 0; i < samples; i++) {
      out[i] = (short) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    return new Audio(rate, out);
  }

  /// A WAV file as others write it.
  private static byte[] wav(int kind, int channels, int rate, int bits, byte[] data, int size) {
    boolean wide = kind == 0xfffe;
    int format = wide ? 40 : 16;
    var out =
        ByteBuffer.allocate(12 + 8 + format + 8 + 6 + 8 + data.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(size);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(format);
    out.putShort((short) kind).putShort((short) channels).putInt(rate);
    out.putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8));
    out.putShort((short) bits);
    if (wide) {
      out.putShort((short) 22).putShort((short) bits).putInt(0).putShort((short) 1);
      out.put(new byte[14]);
    }
    // A chunk of odd length, with its pad byte.
    out.put("LIST".getBytes(StandardCharsets.US_ASCII)).putInt(5).put(new byte[6]);
    out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(size).put(data);
    return out.array();
  }

  private static byte[] encoded(short[] samples, int kind, int bits, int channels) {
    var out =
        ByteBuffer.allocate(samples.length * channels * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
    for (short sample : samples) {
      for (int c = 0; c < channels; c++) {
        put(out, sample, kind, bits);
      }
    }
    return out.array();
  }

  private static void put(ByteBuffer out, short sample, int kind, int bits) {
    switch (bits) {
      case 8 -> out.put((byte) ((sample >> 8) + 128));
      case 16 -> out.putShort(sample);
      case 24 -> out.put((byte) 0).putShort(sample);
      case 32 -> {
        if (kind == 3) {
          out.putFloat(sample / 32_768f);
        } else {
          out.putInt(sample << 16);
        }
      }
      default -> out.putDouble(sample / 32_768.0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, 1", "1, 16, 1", "1, 24, 1", "1, 32, 1", "3, 32, 1", "3, 64, 1", "65534, 16, 1",
    "1, 8, 2", "1, 16, 2", "1, 24, 2", "1, 32, 2", "3, 32, 2", "3, 64, 2", "65534, 24, 2"
  })
  void readsWhatOthersWrite(int kind, int bits, int channels) {
    var tone = tone(22_050, 440, 500);
    var data = encoded(tone.samples(), kind, bits, channels);
    var read = Audio.ofWav(wav(kind, channels, 22_050, bits, data, data.length));
    assertThat(read.rateHz()).isEqualTo(22_050);
    assertThat(read.samples()).hasSize(500);
    for (int i = 0; i < 500; i++) {
      int coarse = bits == 8 ? 256 : 0;
      assertThat((int) read.samples()[i]).isCloseTo(tone.samples()[i], within(coarse));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 0x7ffff000, Integer.MAX_VALUE, 1_000_000})
  void doesNotBelieveTheSizesOfStreams(int size) {
    var tone = tone(16_000, 440, 500);
    var data = encoded(tone.samples(), 1, 16, 1);
    assertThat(Audio.ofWav(wav(1, 1, 16_000, 16, data, size))).isEqualTo(tone);
  }

  @Test
  void readsWhatItWrites() {
    var tone = tone(16_000, 440, 1_600);
    assertThat(Audio.ofWav(tone.wav())).isEqualTo(tone);
    assertThat(Audio.ofPcm(16_000, tone.pcm())).isEqualTo(tone);
    assertThat(tone.duration()).isEqualTo(Duration.ofMillis(100));
    assertThat(tone.sha256()).isEqualTo(Audio.ofWav(tone.wav()).sha256()).hasSize(64);
    assertThat(tone.sha256()).isNotEqualTo(new Audio(8_000, tone.samples()).sha256());
  }

  @Test
  void averagesChannels() {
    var data = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort((short) 1_000).putShort((short) -3_000);
    assertThat(Audio.ofWav(wav(1, 2, 16_000, 16, data.array(), 4)).samples())
        .containsExactly((short) -1_000);
  }

  @Test
  void saysWhatCanNotBeRead() {
    var data = new byte[100];
    for (var file :
        new byte[][] {
          {},
          "RIFF....WAVE".getBytes(StandardCharsets.US_ASCII),
          "OggS and so on, for a while".getBytes(StandardCharsets.US_ASCII),
          wav(1, 1, 4_000, 16, data, 100),
          wav(1, 1, 96_000, 16, data, 100),
          wav(1, 6, 16_000, 16, data, 100),
          wav(7, 1, 8_000, 8, data, 100),
          wav(1, 1, 16_000, 12, data, 100)
        }) {
      assertThatThrownBy(() -> Audio.ofWav(file))
          .isInstanceOf(ProviderProblem.BadAudio.class)
          .hasMessageContaining("8 to 48 kHz");
    }
  }

  @Test
  void neverFailsOtherwiseOnAnyCutOrFlippedFile() {
    var whole = wav(1, 1, 16_000, 16, new byte[64], 64);
    for (int i = 0; i < whole.length; i++) {
      tryRead(Arrays.copyOf(whole, i));
      for (int bit = 0; bit < 8; bit++) {
        var flipped = whole.clone();
        flipped[i] ^= (byte) (1 << bit);
        tryRead(flipped);
      }
    }
  }

  private static void tryRead(byte[] file) {
    try {
      Audio.ofWav(file);
    } catch (ProviderProblem.BadAudio _) {
      // That is what it may say.
    }
  }

  @ParameterizedTest
  @CsvSource({
    "22050, 1000",
    "44100, 3000",
    "48000, 6500",
    "8000, 3000",
    "11025, 4500",
    "12345, 2000"
  })
  void leavesSpeechAsItIsAtAnotherRate(int rate, double hertz) {
    var from = tone(rate, hertz, rate);
    var to = from.forSpeech();
    assertThat(to.rateHz()).isEqualTo(16_000);
    assertThat(to.samples()).hasSize(16_000);
    var wanted = tone(16_000, hertz, 16_000);
    // Sample by sample, the ends aside: level and phase are right.
    for (int i = 1_000; i < 15_000; i++) {
      assertThat((double) to.samples()[i]).isCloseTo(wanted.samples()[i], within(60.0));
    }
  }

  @ParameterizedTest
  @CsvSource({"22050, 8200", "22050, 10000", "44100, 9000", "44100, 15000", "48000, 20000"})
  void lets70DbLessThroughOfWhatDoesNotFit(int rate, double hertz) {
    var to = tone(rate, hertz, rate).forSpeech();
    var inner = Arrays.copyOfRange(to.samples(), 1_000, 15_000);
    double input = tone(rate, hertz, rate).levelDb();
    assertThat(new Audio(16_000, inner).levelDb()).isLessThan(input - 70);
  }

  @Test
  void keepsAConstant() {
    var flat = new short[4_410];
    Arrays.fill(flat, (short) 1_000);
    var to = new Audio(44_100, flat).forSpeech();
    for (int i = 200; i < 1_400; i++) {
      assertThat((int) to.samples()[i]).isCloseTo(1_000, within(1));
    }
  }

  @Test
  void measuresLevels() {
    assertThat(tone(16_000, 1_000, 16_000).levelDb())
        .isCloseTo(20 * Math.log10(AMPLITUDE / 32_768) - 3.01, within(0.02));
    assertThat(new Audio(16_000, new short[100]).levelDb()).isNegative().isInfinite();
    // A pause does not make speech quieter.
    var tone = tone(16_000, 1_000, 16_000);
    var withPause =
        tone.in(new Acoustics(Duration.ofSeconds(2), Duration.ofSeconds(1), null, null, 1));
    assertThat(withPause.speechLevelDb()).isCloseTo(tone.levelDb(), within(0.1));
    assertThat(withPause.levelDb()).isLessThan(tone.levelDb() - 5);
  }

  @Test
  void aQuietRoomHasAFloorAndTimeBeforeTheFirstWord() {
    var speech = tone(16_000, 500, 8_000);
    var room = speech.in(Acoustics.QUIET);
    assertThat(room.duration()).isEqualTo(Duration.ofMillis(1_100));
    var before = new Audio(16_000, Arrays.copyOf(room.samples(), 4_800));
    assertThat(before.levelDb()).isCloseTo(-60, within(0.5));
    assertThat(speech.in(Acoustics.NONE)).isEqualTo(speech);
  }

  @ParameterizedTest
  @ValueSource(doubles = {20, 10, 5, 0, -5})
  void mixesNoiseToTheRatioThatIsAskedFor(double snr) {
    var speech = tone(16_000, 500, 16_000);
    var acoustics =
        new Acoustics(Duration.ofMillis(500), Duration.ZERO, null, null, 1).noisy(snr, 7);
    var mix = speech.in(acoustics);
    var noise = new Audio(16_000, Arrays.copyOf(mix.samples(), 8_000));
    double power = Math.pow(10, mix.speechLevelDb() / 10);
    double noisePower = Math.pow(10, noise.levelDb() / 10);
    var inner = new Audio(16_000, Arrays.copyOfRange(mix.samples(), 8_000, 24_000));
    double speechPower = Math.pow(10, inner.levelDb() / 10) - noisePower;
    assertThat(power).isPositive();
    assertThat(10 * Math.log10(speechPower / noisePower)).isCloseTo(snr, within(0.5));
  }

  @Test
  void theSameSeedIsTheSameNoise() {
    var speech = tone(16_000, 500, 1_600);
    var one = speech.in(Acoustics.QUIET.noisy(10, 1));
    assertThat(speech.in(Acoustics.QUIET.noisy(10, 1))).isEqualTo(one);
    assertThat(speech.in(Acoustics.QUIET.noisy(10, 2))).isNotEqualTo(one);
  }

  @Test
  void aLoudMixIsMadeQuieterAndNotCut() {
    var mix = tone(16_000, 500, 16_000).in(Acoustics.NONE.noisy(-10, 3));
    int peak = 0;
    for (short sample : mix.samples()) {
      peak = Math.max(peak, Math.abs(sample));
    }
    assertThat(peak).isBetween(32_000, 32_200);
  }

  @Test
  void refusesRoomsThatCanNotBe() {
    assertThatThrownBy(() -> Acoustics.QUIET.noisy(99, 1))
        .isInstanceOf(ProviderProblem.Unspeakable.class);
    assertThatThrownBy(() -> new Acoustics(Duration.ofSeconds(11), Duration.ZERO, null, null, 1))
        .isInstanceOf(ProviderProblem.Unspeakable.class);
  }
}
