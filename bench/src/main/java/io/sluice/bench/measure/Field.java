package io.sluice.bench.measure;

import io.sluice.bench.subject.Question;
import io.sluice.bench.subject.Subject;
import java.util.ArrayList;
import java.util.List;

/// The subjects that are still in the run. One that fails leaves it; the others go on.
public final class Field implements AutoCloseable {
  private final Progress progress;
  private final List<Subject> subjects = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  public Field(Progress progress) {
    this.progress = progress;
  }

  public void enter(Subject subject) {
    subjects.add(subject);
  }

  public List<Subject> all() {
    return List.copyOf(subjects);
  }

  public List<Subject> asked(Question question) {
    return subjects.stream().filter(s -> s.questions().contains(question)).toList();
  }

  public void drop(Subject subject, String during, Exception failure) {
    note(subject.name() + " failed in " + during + " and left the run: " + failure, failure);
    subjects.remove(subject);
    close(subject);
  }

  /// A failure that cannot be laid at one subject's door.
  public void note(String what, Exception failure) {
    progress.say(what);
    failure.printStackTrace();
    failures.add(what);
  }

  public List<String> failures() {
    return List.copyOf(failures);
  }

  public void close(Subject subject) {
    try {
      subject.close();
    } catch (Exception e) {
      progress.say(subject.name() + " could not be closed: " + e);
    }
  }

  @Override
  public void close() {
    subjects.forEach(this::close);
    subjects.clear();
  }
}
