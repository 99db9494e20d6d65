package io.sluice.testing.report;

import io.sluice.testing.run.ExecutionDetail;
import io.sluice.testing.run.ExecutionDetail.AttemptLine;
import io.sluice.testing.run.ExecutionView;
import io.sluice.testing.run.RunView;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/// JUnit XML by Surefire's schema 3.0: an attempt that failed before a pass is a `flakyFailure`,
/// one before a failure a `rerunFailure`. What people have yet to decide is skipped, with the
/// reason.
final class JunitWriter {
  private final XMLStreamWriter xml;
  private final Function<ExecutionView, ExecutionDetail> details;

  private JunitWriter(XMLStreamWriter xml, Function<ExecutionView, ExecutionDetail> details) {
    this.xml = xml;
    this.details = details;
  }

  static byte[] write(Findings findings, Function<ExecutionView, ExecutionDetail> details) {
    var out = new ByteArrayOutputStream();
    try {
      var xml =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      new JunitWriter(xml, details).suite(findings);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("an XML document in memory can not be written", e);
    }
    return out.toByteArray();
  }

  private void suite(Findings findings) throws XMLStreamException {
    var run = findings.run();
    var counters = run.counters();
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", text(run.name()));
    xml.writeAttribute("time", seconds(total(findings)));
    xml.writeAttribute("tests", Long.toString(counters.total()));
    xml.writeAttribute("errors", Long.toString(counters.error()));
    xml.writeAttribute(
        "skipped",
        Long.toString(
            counters.skipped() + counters.undecided() + counters.cancelled() + counters.open()));
    xml.writeAttribute("failures", Long.toString(counters.failed()));
    properties(run);
    for (var execution : findings.executions()) {
      testcase(run, execution);
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private static double total(Findings findings) {
    return findings.executions().stream()
        .mapToDouble(e -> e.executionTime() == null ? 0 : e.executionTime())
        .sum();
  }

  private void properties(RunView run) throws XMLStreamException {
    xml.writeStartElement("properties");
    var all =
        Map.of(
            "sluice.testRunId", run.testRunId().toString(),
            "sluice.revision", Long.toString(run.revision()),
            "sluice.languages", String.join(",", run.languages()));
    for (var property : new java.util.TreeMap<>(all).entrySet()) {
      xml.writeEmptyElement("property");
      xml.writeAttribute("name", property.getKey());
      xml.writeAttribute("value", property.getValue());
    }
    xml.writeEndElement();
  }

  private void testcase(RunView run, ExecutionView execution) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("name", text(Findings.name(execution)));
    xml.writeAttribute("classname", text(run.name()));
    xml.writeAttribute(
        "time", seconds(execution.executionTime() == null ? 0 : execution.executionTime()));
    var outcome = execution.outcome();
    if ("failed".equals(outcome)) {
      fault("failure", execution);
      again(execution, "rerunFailure", false);
      again(execution, "rerunError", true);
    } else if ("error".equals(outcome)) {
      again(execution, "rerunFailure", false);
      fault("error", execution);
      again(execution, "rerunError", true);
    } else if ("flaky".equals(outcome)) {
      again(execution, "flakyFailure", false);
      again(execution, "flakyError", true);
    } else if (!"passed".equals(outcome)) {
      skipped(execution);
    }
    xml.writeEndElement();
  }

  private void fault(String element, ExecutionView execution) throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("message", text(Findings.why(execution)));
    xml.writeAttribute(
        "type", execution.errorCode() == null ? "VALIDATION" : execution.errorCode());
    xml.writeCharacters(text(Findings.detail(execution)));
    xml.writeEndElement();
  }

  private void skipped(ExecutionView execution) throws XMLStreamException {
    xml.writeStartElement("skipped");
    xml.writeAttribute(
        "message",
        text(
            execution.reviewPending()
                ? "waits for a person: " + Findings.why(execution)
                : execution.endedAt() == null
                    ? "is " + execution.status()
                    : Findings.why(execution)));
    xml.writeEndElement();
  }

  /// Attempts before the last one, of one sort.
  private void again(ExecutionView execution, String element, boolean errors)
      throws XMLStreamException {
    if (execution.attempts() < 2) {
      return;
    }
    for (AttemptLine attempt : Findings.earlier(details.apply(execution))) {
      if (attempt.outcome().equals("error") == errors) {
        xml.writeStartElement(element);
        xml.writeAttribute("message", text(or(attempt.error(), attempt.outcome())));
        xml.writeAttribute("type", or(attempt.errorCode(), "FAILED"));
        xml.writeStartElement("stackTrace");
        xml.writeCharacters(text(or(attempt.errorDetail(), or(attempt.error(), ""))));
        xml.writeEndElement();
        xml.writeEndElement();
      }
    }
  }

  private static String or(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }

  static String seconds(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /// Without what XML 1.0 can not say.
  static String text(String value) {
    return value.replaceAll(
        "[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
  }
}
