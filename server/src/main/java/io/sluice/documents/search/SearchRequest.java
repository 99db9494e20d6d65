package io.sluice.documents.search;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// @param query words; any of them may match, and there is no query syntax
/// @param vector the query's embedding; null to search by words only
/// @param limit the most hits to return
/// @param documents searched alone; empty for all of the tenant's
public record SearchRequest(
    UUID tenantId, String query, float @Nullable [] vector, int limit, Set<UUID> documents) {

  public SearchRequest {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("a search returns 1 to 1000 hits, not " + limit);
    }
    documents = Set.copyOf(documents);
  }
}
