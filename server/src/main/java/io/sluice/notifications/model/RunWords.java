package io.sluice.notifications.model;

import io.sluice.notifications.Occasion;
import io.sluice.notifications.model.Message.Group;
import io.sluice.testing.run.RunDigest;
import io.sluice.testing.run.RunDigest.Failing;
import io.sluice.testing.run.RunDigest.InLanguage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How it is said that a run has ended.
public final class RunWords {
  private RunWords() {}

  /// What was tried and came out, in the languages that are of interest.
  private record Sums(RunDigest digest, Occasion occasion, List<InLanguage> languages) {
    long of(ToLongFunction<InLanguage> count) {
      return languages.stream().mapToLong(count).sum();
    }

    String name() {
      var suite = digest.suite();
      return suite == null ? digest.run().name() : suite;
    }
  }

  /// The run's one message.
  ///
  /// @param languages those that are told of
  /// @param link to the run; null: none
  public static Message of(
      RunDigest digest, Occasion occasion, List<InLanguage> languages, @Nullable String link) {
    var sums = new Sums(digest, occasion, languages);
    var groups = languages.stream().filter(l -> l.failing() > 0).map(RunWords::group).toList();
    return new Message(
        sums.name() + ": " + result(sums), lines(sums), groups, link, data(sums, link));
  }

  private static String result(Sums sums) {
    long failing = sums.of(InLanguage::failing);
    long waiting = sums.of(InLanguage::reviewPending);
    if (sums.occasion() == Occasion.AUTO_FAIL) {
      return "validation failed " + sums.of(InLanguage::autoFailed) + " of " + total(sums);
    }
    return switch (sums.digest().run().status()) {
      case "cancelled" -> "cancelled";
      case "failed" -> "could not be carried out";
      default ->
          failing > 0
              ? failing + " of " + total(sums) + " failed"
              : waiting > 0
                  ? "nothing failed, " + waits(waiting)
                  : "failed".equals(sums.digest().run().outcome()) && whole(sums)
                      ? "failed"
                      : "passed";
    };
  }

  private static boolean whole(Sums sums) {
    return sums.languages().size() == sums.digest().languages().size();
  }

  private static long total(Sums sums) {
    return sums.of(InLanguage::total);
  }

  private static String waits(long count) {
    return count + (count == 1 ? " waits" : " wait") + " for a person";
  }

  private static List<String> lines(Sums sums) {
    var run = sums.digest().run();
    var lines = new ArrayList<String>();
    lines.add(
        "Run '"
            + run.name()
            + "' in "
            + sums.languages().stream().map(InLanguage::language).collect(Collectors.joining(", "))
            + " is "
            + run.status()
            + (run.outcome() == null ? "" : ", with the outcome " + run.outcome())
            + ".");
    lines.add(counts(sums));
    if (run.error() != null) {
      lines.add(run.error());
    }
    long autoFailed = sums.of(InLanguage::autoFailed);
    if (autoFailed > 0) {
      lines.add("Validation alone has failed " + autoFailed + "; people may decide otherwise.");
    }
    return List.copyOf(lines);
  }

  private static String counts(Sums sums) {
    var parts = new ArrayList<String>();
    parts.add(sums.of(InLanguage::passed) + " passed");
    parts.add(sums.of(InLanguage::failed) + " failed");
    part(parts, sums.of(InLanguage::error), "could not be found out");
    part(parts, sums.of(InLanguage::flaky), "flaky");
    part(parts, sums.of(InLanguage::skipped), "skipped");
    long waiting = sums.of(InLanguage::reviewPending);
    if (waiting > 0) {
      parts.add(waits(waiting));
    }
    long total = total(sums);
    return total + (total == 1 ? " execution: " : " executions: ") + String.join(", ", parts) + ".";
  }

  private static void part(List<String> parts, long count, String words) {
    if (count > 0) {
      parts.add(count + " " + words);
    }
  }

  private static Group group(InLanguage language) {
    return new Group(
        language.language() + ": " + language.failing() + " failed",
        language.first().stream().map(RunWords::line).toList(),
        language.failing() - language.first().size());
  }

  private static String line(Failing failing) {
    return failing.testCaseName()
        + (failing.row() == null ? "" : " (row " + failing.row() + ")")
        + (failing.reason() == null ? "" : ": " + failing.reason());
  }

  private static Map<String, @Nullable Object> data(Sums sums, @Nullable String link) {
    var run = sums.digest().run();
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("testRunId", run.testRunId());
    data.put("name", run.name());
    data.put("suiteId", run.suiteId());
    data.put("suite", sums.digest().suite());
    data.put("status", run.status());
    data.put("outcome", run.outcome());
    data.put("triggerType", run.triggerType());
    data.put("languages", sums.languages());
    data.put("link", link);
    return data;
  }

  /// That an execution was failed by validation when its run had ended already.
  ///
  /// @param link to the run; null: none
  public static Message late(RunDigest digest, LateFailure failure, @Nullable String link) {
    var suite = digest.suite() == null ? digest.run().name() : digest.suite();
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("testRunId", digest.run().testRunId());
    data.put("suite", digest.suite());
    data.put("executionId", failure.execution());
    data.put("testCaseName", failure.testCase());
    data.put("languageCode", failure.language());
    data.put("link", link);
    return new Message(
        suite + ": validation failed " + failure.testCase() + " in " + failure.language(),
        List.of(
            "It was validated after run '" + digest.run().name() + "' had ended.",
            "What else fails so within the hour is not told one by one."),
        List.of(),
        link,
        data);
  }

  /// An execution that was failed when its run had ended already.
  public record LateFailure(String execution, String testCase, String language) {}
}
