package io.sluice.providers.speech;

import io.sluice.providers.Audio;
import io.sluice.providers.ProviderProblem.SpeechFailed;
import io.sluice.providers.ProviderProblem.SpeechNotInstalled;
import io.sluice.providers.SpeechRequest;
import io.sluice.providers.SpeechSynthesizer.Voice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// espeak-ng, a process a text. No shell: arguments are an array, and the text comes by stdin. The
/// process sees nothing of the server's environment.
public final class Espeak implements SpeechProgram {
  private static final Pattern VERSION = Pattern.compile("text-to-speech: (\\S+)");
  private static final Pattern LINE =
      Pattern.compile("\\s*\\d+\\s+([A-Za-z][\\w-]*)\\s+\\S+\\s+(\\S+)\\s+(\\S+).*");

  /// An utterance's end; the pause that it would make there is for [io.sluice.providers.Acoustics].
  private static final List<String> ALWAYS = List.of("--stdin", "--stdout", "-b", "1", "-z");

  private final EspeakSettings settings;
  private final Semaphore turns;
  private volatile @Nullable Known known;

  /// @param most how many processes run at once
  public Espeak(EspeakSettings settings, int most) {
    this.settings = settings;
    this.turns = new Semaphore(most, true);
  }

  /// What it told of itself.
  private record Known(String version, List<Voice> voices) {}

  @Override
  public String name() {
    return "espeak-ng";
  }

  @Override
  public String version() throws InterruptedException {
    return known().version();
  }

  @Override
  public List<Voice> voices() throws InterruptedException {
    return known().voices();
  }

  @Override
  public Voice voiceFor(SpeechRequest request) throws InterruptedException {
    return request.voice() == null
        ? VoiceChoice.of(request.language(), voices())
        : VoiceChoice.named(request.voice(), voices());
  }

  @Override
  public Audio speak(String voice, SpeechRequest request) throws InterruptedException {
    var arguments = new ArrayList<>(ALWAYS);
    arguments.addAll(List.of("-v", voice));
    arguments.addAll(List.of("-s", Integer.toString(request.delivery().wordsPerMinute())));
    arguments.addAll(List.of("-p", Integer.toString(request.delivery().pitch())));
    var output = run(arguments, request.text());
    return Audio.ofWav(output).forSpeech();
  }

  private Known known() throws InterruptedException {
    var found = known;
    if (found == null) {
      var said = new String(run(List.of("--version"), ""), StandardCharsets.UTF_8);
      var version = VERSION.matcher(said);
      if (!version.find()) {
        throw new SpeechFailed("'" + settings.program() + "' does not say that it is espeak-ng");
      }
      var voices = voices(new String(run(List.of("--voices"), ""), StandardCharsets.UTF_8));
      found = new Known(version.group(1), voices);
      known = found;
    }
    return found;
  }

  /// Those that need another program are left out.
  static List<Voice> voices(String table) {
    var out = new ArrayList<Voice>();
    for (var line : table.lines().skip(1).toList()) {
      var columns = LINE.matcher(line);
      if (columns.matches()
          && !columns.group(3).startsWith("mb/")
          && !columns.group(3).startsWith("!v/")) {
        var language = columns.group(1);
        out.add(
            new Voice(
                language,
                language.toLowerCase(Locale.ROOT),
                columns.group(2).replace('_', ' ').strip()));
      }
    }
    return List.copyOf(out);
  }

  private byte[] run(List<String> arguments, String text) throws InterruptedException {
    turns.acquire();
    try {
      Files.createDirectories(settings.temporary());
      var output = Files.createTempFile(settings.temporary(), "speech-", ".wav");
      try {
        return run(arguments, text, output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("speech can not be kept for a moment", e);
    } finally {
      turns.release();
    }
  }

  private byte[] run(List<String> arguments, String text, Path output)
      throws IOException, InterruptedException {
    var process = start(arguments, output);
    boolean ended = false;
    try {
      send(process, text);
      ended = process.waitFor(settings.timeLimit().toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      if (!ended) {
        process.destroyForcibly();
      }
    }
    if (!ended) {
      throw new SpeechFailed(
          "The synthesiser took longer than " + shown(settings.timeLimit()) + " and was stopped");
    }
    if (process.exitValue() != 0) {
      throw new SpeechFailed("The synthesiser ended with exit code " + process.exitValue());
    }
    return Files.readAllBytes(output);
  }

  private Process start(List<String> arguments, Path output) {
    var command = new ArrayList<String>();
    command.add(settings.program());
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    var path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C.UTF-8");
    if (path != null) {
      builder.environment().put("PATH", path);
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new SpeechNotInstalled(settings.program(), e);
    }
  }

  /// A text fits into the pipe, so that this does not block.
  private static void send(Process process, String text) {
    try (var in = process.getOutputStream()) {
      in.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // It has ended before it read; its exit code tells.
    }
  }

  private static String shown(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }
}
