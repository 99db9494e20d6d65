package io.sluice.api;

import io.sluice.documents.DocumentProblem;
import io.sluice.documents.DocumentView;
import io.sluice.documents.Documents;
import io.sluice.engine.TenantId;
import io.sluice.workflow.ExecutionFilter;
import io.sluice.workflow.ExecutionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Documents, among what is executed. Filters that only workflows have leave all of them out.
@Component
class DocumentExecutions implements ExecutionSource {
  static final String TYPE = "document";

  private static final int READ_AT_ONCE = 200;

  /// A filter that hardly any document passes ends the page early; the cursor goes on.
  private static final int MOST_READ = 5_000;

  private final Documents documents;

  DocumentExecutions(Documents documents) {
    this.documents = documents;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Optional<ExecutionAnswer> find(TenantId tenant, UUID id) {
    try {
      return Optional.of(ExecutionAnswer.of(documents.get(tenant, id)));
    } catch (DocumentProblem.Unknown e) {
      return Optional.empty();
    }
  }

  @Override
  public List<ExecutionAnswer> list(
      TenantId tenant, ExecutionFilter filter, @Nullable UUID before, int limit) {
    if (ofWorkflows(filter)) {
      return List.of();
    }
    var found = new ArrayList<ExecutionAnswer>();
    var at = before;
    for (int read = 0; found.size() < limit && read < MOST_READ; read += READ_AT_ONCE) {
      var page = documents.list(tenant, at, READ_AT_ONCE);
      page.stream()
          .filter(d -> matches(filter, d))
          .limit(limit - found.size())
          .map(ExecutionAnswer::of)
          .forEach(found::add);
      if (page.size() < READ_AT_ONCE) {
        break;
      }
      at = page.getLast().id();
    }
    return found;
  }

  private static boolean ofWorkflows(ExecutionFilter filter) {
    return filter.workflow() != null
        || filter.trigger() != null
        || filter.parent() != null
        || !filter.labels().isEmpty()
        || Boolean.TRUE.equals(filter.held());
  }

  private static boolean matches(ExecutionFilter filter, DocumentView document) {
    Instant created = document.createdAt();
    return (filter.statuses().isEmpty()
            || filter.statuses().stream()
                .map(ExecutionStatus::sql)
                .anyMatch(document.status()::equals))
        && (filter.from() == null || !created.isBefore(filter.from()))
        && (filter.to() == null || created.isBefore(filter.to()));
  }
}
