package io.sluice.bench.measure;

import io.sluice.bench.subject.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/// Plays the rounds of a workload, round-robin over its subjects, until each has enough samples.
public final class Rounds {
  /// One round of one subject: a sample for each value that the workload measures. A round that is
  /// not counted need not wait for a quiet machine.
  public interface Round {
    Map<String, Sample> play(Subject subject, boolean counted) throws Exception;
  }

  private final Lab lab;
  private final String workload;
  private final int uncounted;
  private final Map<Subject, Map<String, Samples>> samples = new LinkedHashMap<>();

  /// @param uncounted rounds that only warm up
  public Rounds(Lab lab, String workload, int uncounted) {
    this.lab = lab;
    this.workload = workload;
    this.uncounted = uncounted;
  }

  public Rounds play(List<Subject> subjects, Round round) throws InterruptedException {
    var playing = new ArrayList<>(subjects);
    for (int number = 1 - uncounted; !playing.isEmpty(); number++) {
      for (var subject : List.copyOf(playing)) {
        try {
          play(subject, number, round);
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception e) {
          samples.remove(subject);
          playing.remove(subject);
          lab.field().drop(subject, workload, e);
        }
      }
      playing.removeIf(this::hasEnough);
    }
    return this;
  }

  /// A value of all subjects that finished.
  public List<Measurement> measurements(String value, String unit) {
    return samples.keySet().stream()
        .flatMap(subject -> measurement(subject, value, unit).stream())
        .toList();
  }

  /// Empty when the subject failed.
  public Optional<Measurement> measurement(Subject subject, String value, String unit) {
    return Optional.ofNullable(samples.get(subject))
        .map(values -> values.get(value))
        .map(kept -> kept.measurement(value, subject.name(), unit));
  }

  private void play(Subject subject, int number, Round round) throws Exception {
    var label = number < 1 ? "warm-up" : "round " + number;
    lab.progress().begin("%s, %s, %s".formatted(workload, subject.database(), label));
    var values = round.play(subject, number >= 1);
    lab.progress()
        .say("%-8s %-22s %-8s %s".formatted(workload, subject.database(), label, text(values)));
    if (number < 1) {
      return;
    }
    var mine = samples.computeIfAbsent(subject, _ -> new LinkedHashMap<>());
    values.forEach(
        (name, sample) -> mine.computeIfAbsent(name, _ -> new Samples(lab.rules())).add(sample));
  }

  private boolean hasEnough(Subject subject) {
    var mine = samples.get(subject);
    return mine != null && mine.values().stream().allMatch(Samples::enough);
  }

  private static String text(Map<String, Sample> values) {
    var text = new StringJoiner(", ");
    values.forEach((name, sample) ->
        text.add(
            "%s %,.2f (others %.0f%%)".formatted(name, sample.value(), sample.foreignPercent())));
    return text.toString();
  }
}
