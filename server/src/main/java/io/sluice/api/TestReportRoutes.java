package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.testing.report.Reports;
import io.sluice.testing.report.Reports.Format;
import io.sluice.testing.run.RunView;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Reports of runs, and runs of reports.
@RestController
@RequestMapping("/api/v1/test-runs")
class TestReportRoutes {
  private final Reports reports;
  private final CurrentTenant tenant;

  TestReportRoutes(Reports reports, CurrentTenant tenant) {
    this.reports = reports;
    this.tenant = tenant;
  }

  @GetMapping("/{id}/report")
  ResponseEntity<byte[]> report(
      @PathVariable UUID id, @RequestParam(defaultValue = "json") String format) {
    var known =
        Format.of(format)
            .orElseThrow(() ->
                new Page.RequestProblem(
                    "BAD_PARAMETER", "format", "must be json, junit, ctrf or html"));
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, known.mediaType())
        // It shows what services have answered: nothing in it may run.
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
        .header("X-Content-Type-Options", "nosniff")
        .body(reports.write(tenant.get(), id, known));
  }

  @PostMapping(
      path = "/import",
      consumes = {MediaType.APPLICATION_XML_VALUE, MediaType.TEXT_XML_VALUE})
  ResponseEntity<RunView> read(
      @RequestParam(defaultValue = "") String name, HttpServletRequest request) {
    try {
      return ResponseEntity.status(HttpStatus.CREATED)
          .body(reports.read(tenant.get(), request.getInputStream(), name, tenant.who()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
