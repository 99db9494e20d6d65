package io.sluice.testing.report;

import io.sluice.testing.run.Imports.Earlier;
import io.sluice.testing.run.Imports.Ended;
import io.sluice.testing.run.Outcome;
import io.sluice.testing.run.RunProblem;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads JUnit XML, of Surefire, pytest, Jest and whoever else writes it, one test at a time.
/// Nothing outside of the document is read, and no entities are.
final class JunitReader {
  /// More of a message is cut off.
  private static final int LONGEST = 20_000;

  private final XMLStreamReader xml;
  private final Consumer<Ended> sink;
  private @Nullable String name;
  private String suite = "";

  private JunitReader(XMLStreamReader xml, Consumer<Ended> sink) {
    this.xml = xml;
    this.sink = sink;
  }

  /// Reads a report.
  ///
  /// @param sink gets each test as it is read
  /// @return the report's own name; null if it has none
  static @Nullable String read(InputStream in, Consumer<Ended> sink) {
    try {
      var factory = XMLInputFactory.newDefaultFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      factory.setProperty(XMLInputFactory.IS_COALESCING, true);
      var xml = factory.createXMLStreamReader(in);
      var reader = new JunitReader(xml, sink);
      reader.document();
      return reader.name;
    } catch (XMLStreamException e) {
      var place = e.getLocation();
      throw new RunProblem.BadReport(
          "The report is not well-formed XML"
              + (place == null ? "" : ", at line " + place.getLineNumber())
              + "; send it as the tool wrote it");
    }
  }

  private void document() throws XMLStreamException {
    boolean known = false;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.DTD) {
        throw new RunProblem.BadReport("The report has a document type, which is not read");
      }
      if (event != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      var element = xml.getLocalName();
      if (!known && !element.equals("testsuite") && !element.equals("testsuites")) {
        throw new RunProblem.BadReport(
            "The report begins with <%s>; JUnit XML begins with <testsuite> or <testsuites>"
                .formatted(element));
      }
      known = true;
      if (element.startsWith("testsuite")) {
        suite = or(attribute("name"), suite);
        name = name == null ? attribute("name") : name;
      } else if (element.equals("testcase")) {
        testcase();
      }
    }
  }

  private void testcase() throws XMLStreamException {
    var title = or(attribute("name"), "unnamed");
    var group = or(attribute("classname"), suite);
    var took = took(attribute("time"));
    var outcome = Outcome.PASSED;
    @Nullable String why = null;
    @Nullable String detail = null;
    List<Earlier> earlier = new ArrayList<>();
    while (!(xml.next() == XMLStreamConstants.END_ELEMENT
        && xml.getLocalName().equals("testcase"))) {
      if (!xml.isStartElement()) {
        continue;
      }
      switch (xml.getLocalName()) {
        case "failure", "error" -> {
          outcome = xml.getLocalName().equals("error") ? Outcome.ERROR : Outcome.FAILED;
          why = attribute("message");
          detail = content();
          why = why == null ? first(detail) : why;
        }
        case "skipped" -> {
          outcome = Outcome.SKIPPED;
          why = attribute("message");
          content();
        }
        case "flakyFailure", "flakyError", "rerunFailure", "rerunError" -> {
          boolean error = xml.getLocalName().endsWith("Error");
          if (xml.getLocalName().startsWith("flaky")) {
            outcome = Outcome.FLAKY;
          }
          earlier.add(new Earlier(error, attribute("message"), content()));
        }
        default -> content();
      }
    }
    sink.accept(new Ended(group, title, outcome, why, detail, took, earlier));
  }

  /// All text inside of the element, up to a length.
  private @Nullable String content() throws XMLStreamException {
    var text = new StringBuilder();
    int depth = 1;
    while (depth > 0) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (text.length() < LONGEST) {
            var more = xml.getText();
            text.append(more, 0, Math.min(more.length(), LONGEST - text.length()));
          }
        }
        default -> {}
      }
    }
    var found = text.toString().replace("\u0000", "").strip();
    return found.isEmpty() ? null : found;
  }

  private @Nullable String attribute(String name) {
    return xml.getAttributeValue(null, name);
  }

  private static String or(@Nullable String text, String otherwise) {
    return text == null || text.isBlank() ? otherwise : text;
  }

  private static @Nullable String first(@Nullable String text) {
    return text == null ? null : text.lines().findFirst().orElse(null);
  }

  /// Seconds, with or without commas between thousands.
  private static Duration took(@Nullable String time) {
    if (time == null) {
      return Duration.ZERO;
    }
    try {
      double seconds = Double.parseDouble(time.replace(",", ""));
      return seconds >= 0 && seconds < 1e9
          ? Duration.ofMillis((long) (seconds * 1000))
          : Duration.ZERO;
    } catch (NumberFormatException _) {
      return Duration.ZERO;
    }
  }
}
