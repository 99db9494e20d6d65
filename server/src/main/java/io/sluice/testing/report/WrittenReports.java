package io.sluice.testing.report;

import io.sluice.engine.TenantId;
import io.sluice.testing.run.ExecutionDetail;
import io.sluice.testing.run.ExecutionView;
import io.sluice.testing.run.Imports;
import io.sluice.testing.run.Imports.Ended;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.RunView;
import io.sluice.testing.run.TestRuns;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/// Reports, from what the door of runs tells.
@Service
class WrittenReports implements Reports {
  private static final int BATCH = 500;
  private static final String UNNAMED = "JUnit report";

  private final TestRuns runs;
  private final Imports imports;
  private final JsonMapper json;

  WrittenReports(TestRuns runs, Imports imports, JsonMapper json) {
    this.runs = runs;
    this.imports = imports;
    this.json = json;
  }

  @Override
  public byte[] write(TenantId tenant, UUID run, Format format) {
    var findings = Findings.of(runs, tenant, run);
    Function<ExecutionView, ExecutionDetail> details =
        execution -> runs.execution(tenant, execution.executionId());
    return switch (format) {
      case JSON -> json.writeValueAsBytes(whole(tenant, findings, details));
      case JUNIT -> JunitWriter.write(findings, details);
      case CTRF -> CtrfWriter.write(findings, details, json);
      case HTML ->
          HtmlWriter.write(
              findings,
              details,
              (execution, artifact) -> runs.artifact(tenant, execution, artifact));
    };
  }

  private Map<String, Object> whole(
      TenantId tenant, Findings findings, Function<ExecutionView, ExecutionDetail> details) {
    var out = new LinkedHashMap<String, Object>();
    out.put("run", findings.run());
    out.put("revisions", runs.revisions(tenant, findings.run().testRunId()));
    out.put("executions", findings.executions());
    out.put(
        "details",
        findings.executions().stream().filter(Findings::remarkable).map(details).toList());
    return out;
  }

  @Override
  public RunView read(TenantId tenant, InputStream junit, String name, String who) {
    var run = imports.begin(tenant, name.isBlank() ? UNNAMED : name, "junit", who);
    var filling = new Filling(tenant, run);
    @Nullable String failure = "it could not be read to its end";
    try {
      JunitReader.read(junit, filling::take);
      filling.flush();
      failure = null;
    } catch (RunProblem.BadReport e) {
      failure = e.getMessage();
      throw e;
    } finally {
      if (failure != null) {
        imports.end(tenant, run, who, failure);
      }
    }
    return imports.end(tenant, run, who, null);
  }

  /// Stores what is read, so many at a time.
  private final class Filling {
    private final TenantId tenant;
    private final UUID run;
    private final List<Ended> waiting = new ArrayList<>();
    private int stored;

    Filling(TenantId tenant, UUID run) {
      this.tenant = tenant;
      this.run = run;
    }

    void take(Ended ended) {
      waiting.add(ended);
      if (waiting.size() == BATCH) {
        flush();
      }
    }

    void flush() {
      if (!waiting.isEmpty()) {
        imports.add(tenant, run, stored, waiting);
        stored += waiting.size();
        waiting.clear();
      }
    }
  }
}
