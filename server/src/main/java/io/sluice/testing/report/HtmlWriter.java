package io.sluice.testing.report;

import io.sluice.testing.run.ExecutionDetail;
import io.sluice.testing.run.ExecutionDetail.ArtifactLine;
import io.sluice.testing.run.ExecutionDetail.AttemptLine;
import io.sluice.testing.run.ExecutionDetail.StepLine;
import io.sluice.testing.run.ExecutionView;
import io.sluice.testing.run.RunView;
import io.sluice.testing.run.TestRuns;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page that needs nothing else: figures, the table of cases and languages, and for what is worth
/// a look its steps, attempts and pictures.
final class HtmlWriter {
  private static final Map<String, String> COLOURS = colours();
  private static final int MOST_PICTURES = 40;

  private final StringBuilder out = new StringBuilder();
  private final Function<ExecutionView, ExecutionDetail> details;
  private final BiFunction<UUID, UUID, TestRuns.Artifact> artifacts;
  private int pictures;

  private HtmlWriter(
      Function<ExecutionView, ExecutionDetail> details,
      BiFunction<UUID, UUID, TestRuns.Artifact> artifacts) {
    this.details = details;
    this.artifacts = artifacts;
  }

  private static Map<String, String> colours() {
    var all = new LinkedHashMap<String, String>();
    all.put("passed", "#2e7d32");
    all.put("flaky", "#9e9d24");
    all.put("failed", "#c62828");
    all.put("error", "#6a1b9a");
    all.put("skipped", "#757575");
    all.put("undecided", "#1565c0");
    all.put("cancelled", "#4e342e");
    return all;
  }

  static byte[] write(
      Findings findings,
      Function<ExecutionView, ExecutionDetail> details,
      BiFunction<UUID, UUID, TestRuns.Artifact> artifacts) {
    var writer = new HtmlWriter(details, artifacts);
    writer.page(findings);
    return writer.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void page(Findings findings) {
    var run = findings.run();
    out.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    out.append("<title>").append(escaped(run.name())).append("</title><style>");
    out.append(
        """
        body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1c1c1c;background:#fff}
        h1{margin-bottom:.2rem} .faint{color:#666} table{border-collapse:collapse;width:100%;margin:.6rem 0}
        td,th{border:1px solid #ddd;padding:.3rem .5rem;text-align:left;vertical-align:top} th{background:#f5f5f5}
        .chip{color:#fff;border-radius:.3rem;padding:.05rem .45rem;white-space:nowrap;text-decoration:none;display:inline-block}
        details{border:1px solid #ddd;border-radius:.4rem;margin:.5rem 0;padding:.4rem .7rem} summary{cursor:pointer}
        pre{white-space:pre-wrap;background:#f7f7f7;padding:.5rem;overflow-wrap:anywhere} img{max-width:100%;border:1px solid #ccc}
        """);
    out.append("</style></head><body><h1>").append(escaped(run.name())).append("</h1>");
    head(run);
    chart(run);
    matrix(findings);
    out.append("<h2>Worth a look</h2>");
    findings.executions().stream().filter(Findings::remarkable).forEach(this::detail);
    out.append("</body></html>\n");
  }

  private void head(RunView run) {
    out.append("<p class=\"faint\">run ").append(run.testRunId()).append(", ");
    out.append(escaped(run.status()));
    if (run.outcome() != null) {
      out.append(": ").append(chip(run.outcome(), run.outcome(), null));
    }
    out.append(", revision ").append(run.revision()).append(", ");
    out.append(run.totalTests()).append(" tests, ").append(run.counters().total());
    out.append(" executions in ").append(escaped(String.join(", ", run.languages())));
    out.append(", started ").append(run.startedAt() == null ? "not yet" : run.startedAt());
    out.append("</p>");
  }

  /// One bar, a part for each outcome.
  private void chart(RunView run) {
    var counters = run.counters();
    var counts = new LinkedHashMap<String, Long>();
    counts.put("passed", counters.passed());
    counts.put("flaky", counters.flaky());
    counts.put("failed", counters.failed());
    counts.put("error", counters.error());
    counts.put("skipped", counters.skipped());
    counts.put("undecided", counters.undecided());
    counts.put("cancelled", counters.cancelled());
    double x = 0;
    double total = Math.max(1, counters.total());
    out.append("<svg role=\"img\" width=\"100%\" height=\"28\" viewBox=\"0 0 1000 28\"");
    out.append(" preserveAspectRatio=\"none\"><title>outcomes</title>");
    for (var count : counts.entrySet()) {
      double width = 1000 * count.getValue() / total;
      out.append(
          "<rect x=\"%d\" y=\"0\" width=\"%d\" height=\"28\" fill=\"%s\"><title>%d %s</title></rect>"
              .formatted(
                  Math.round(x),
                  Math.round(width),
                  COLOURS.get(count.getKey()),
                  count.getValue(),
                  count.getKey()));
      x += width;
    }
    out.append("</svg><p>");
    counts.forEach((outcome, count) -> {
      if (count > 0) {
        out.append(chip(outcome, count + " " + outcome, null)).append(' ');
      }
    });
    out.append("</p>");
  }

  /// Cases down, languages across.
  private void matrix(Findings findings) {
    var languages =
        findings.executions().stream().map(ExecutionView::languageCode).distinct().toList();
    Map<String, Map<String, StringBuilder>> rows = new LinkedHashMap<>();
    for (var execution : findings.executions()) {
      var row =
          execution.testCaseName() + (execution.row() == null ? "" : ", row " + execution.row());
      var place = Findings.remarkable(execution) ? "#" + execution.executionId() : null;
      rows.computeIfAbsent(row, _ -> new LinkedHashMap<>())
          .computeIfAbsent(execution.languageCode(), _ -> new StringBuilder())
          .append(chip(outcome(execution), outcome(execution), place));
    }
    out.append("<h2>Cases and languages</h2><table><tr><th>case</th>");
    languages.forEach(language -> out.append("<th>").append(escaped(language)).append("</th>"));
    out.append("</tr>");
    rows.forEach((name, cells) -> {
      out.append("<tr><td>").append(escaped(name)).append("</td>");
      languages.forEach(language ->
          out.append("<td>")
              .append(cells.getOrDefault(language, new StringBuilder()))
              .append("</td>"));
      out.append("</tr>");
    });
    out.append("</table>");
  }

  private static String outcome(ExecutionView execution) {
    if (execution.outcome() != null) {
      return execution.outcome();
    }
    return execution.endedAt() == null || execution.status().equals("cancelled")
        ? execution.status()
        : "undecided";
  }

  private void detail(ExecutionView execution) {
    var detail = details.apply(execution);
    out.append("<details id=\"").append(execution.executionId()).append("\"><summary>");
    out.append(chip(outcome(execution), outcome(execution), null)).append(' ');
    out.append(escaped(Findings.name(execution))).append("</summary><p>");
    out.append(escaped(Findings.why(execution)));
    out.append(execution.reviewPending() ? " (a person has yet to decide)" : "").append("</p>");
    var more = execution.result().path("error_detail").asString("");
    if (!more.isEmpty()) {
      out.append("<pre>").append(escaped(more)).append("</pre>");
    }
    steps(detail.trace());
    attempts(detail.attempts());
    detail.artifacts().forEach(artifact -> picture(execution, artifact));
    out.append("</details>");
  }

  private void steps(List<StepLine> steps) {
    if (steps.isEmpty()) {
      return;
    }
    out.append("<table><tr><th>attempt</th><th>step</th><th>what came of it</th><th>ms</th></tr>");
    for (var step : steps) {
      out.append("<tr><td>").append(step.attempt()).append("</td><td>");
      out.append(escaped(step.name())).append("</td><td>");
      out.append(chip(step.status(), step.status(), null)).append(' ');
      out.append(escaped(step.message() == null ? "" : step.message())).append("</td><td>");
      out.append(step.tookMs()).append("</td></tr>");
    }
    out.append("</table>");
  }

  private void attempts(List<AttemptLine> attempts) {
    if (attempts.size() < 2) {
      return;
    }
    out.append("<p>Attempts: ");
    attempts.forEach(
        attempt -> out.append(chip(attempt.outcome(), attempt.outcome(), null)).append(' '));
    out.append("</p>");
  }

  private void picture(ExecutionView execution, ArtifactLine artifact) {
    boolean image = artifact.mediaType().startsWith("image/");
    if (!image || pictures >= MOST_PICTURES) {
      out.append("<p class=\"faint\">kept: ").append(escaped(artifact.name())).append(" (");
      out.append(escaped(artifact.mediaType())).append(", ").append(artifact.sizeBytes());
      out.append(" bytes)</p>");
      return;
    }
    pictures++;
    var bytes = artifacts.apply(execution.executionId(), artifact.artifactId()).bytes();
    out.append("<figure><img alt=\"").append(escaped(artifact.name())).append("\" src=\"data:");
    out.append(escaped(artifact.mediaType())).append(";base64,");
    out.append(Base64.getEncoder().encodeToString(bytes)).append("\"><figcaption>");
    out.append(escaped(artifact.name())).append("</figcaption></figure>");
  }

  private static String chip(String outcome, String text, @Nullable String place) {
    var colour = COLOURS.getOrDefault(outcome, "#546e7a");
    var style = " class=\"chip\" style=\"background:" + colour + "\">" + escaped(text);
    return place == null
        ? "<span" + style + "</span>"
        : "<a href=\"" + escaped(place) + "\"" + style + "</a>";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
