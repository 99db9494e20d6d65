package io.sluice.testing.run.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.platform.SpringTx;
import io.sluice.testing.run.Imports;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.RunView;
import io.sluice.testing.run.store.ImportStore;
import io.sluice.testing.run.store.RevisionStore;
import io.sluice.testing.run.store.RunStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Runs of other tools, stored like ours. A case is known again by its group and name.
@Service
class ImportService implements Imports {
  private final ImportStore imports;
  private final RunStore runs;
  private final RevisionStore revisions;
  private final SpringTx transactions;
  private final IdSource ids;

  ImportService(
      ImportStore imports,
      RunStore runs,
      RevisionStore revisions,
      SpringTx transactions,
      IdSource ids) {
    this.imports = imports;
    this.runs = runs;
    this.revisions = revisions;
    this.transactions = transactions;
    this.ids = ids;
  }

  @Override
  public UUID begin(TenantId tenant, String name, String tool, String who) {
    var id = ids.next();
    imports.begin(tenant, id, name, tool, who);
    return id;
  }

  @Override
  public void add(TenantId tenant, UUID run, int from, List<Ended> executions) {
    var all =
        executions.stream()
            .map(ended -> new ImportStore.One(ids.next(), known(tenant, ended), ended))
            .toList();
    transactions.in(tx -> {
      imports.add(tenant, run, from, all);
      return true;
    });
  }

  private static UUID known(TenantId tenant, Ended ended) {
    var text = tenant + "\u0000" + ended.group() + "\u0000" + ended.name();
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public RunView end(TenantId tenant, UUID run, String who, @Nullable String failure) {
    return transactions.in(tx -> {
      imports.count(run);
      var status = failure == null ? "completed" : "failed";
      if (runs.end(run, status, failure == null ? null : "BAD_REPORT", failure)) {
        revisions.add(
            new RevisionStore.New(ids.next(), run, status, null, null, null, who, failure));
      }
      return runs.find(tenant, run).orElseThrow(() -> new RunProblem.UnknownRun(run));
    });
  }
}
