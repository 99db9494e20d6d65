package io.sluice.workflow.model;

import io.sluice.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A workflow, as one version of it says.
///
/// @param name unique among a tenant's workflows; lower case letters, digits, hyphens
/// @param description for people
/// @param inputSchema a JSON Schema that the input must satisfy, as plain JSON; null: any input
/// @param timeout how long an execution may take in all; null: as long as it likes
/// @param concurrency how many steps of one block run at once
/// @param context constants, an object: rendered once when an execution begins; null: none
/// @param steps what is done; never empty
/// @param onError steps that run when the execution has failed; `error` says why
/// @param output what the execution gives; null: the output of the last step, in topological order
/// @param labels to find workflows by
public record Definition(
    String name,
    @Nullable String description,
    @Nullable Map<String, @Nullable Object> inputSchema,
    @Nullable Duration timeout,
    int concurrency,
    @Nullable Template context,
    List<Step> steps,
    List<Step> onError,
    @Nullable Template output,
    Map<String, String> labels) {

  /// How many steps of a block run at once, unless the definition says otherwise.
  public static final int DEFAULT_CONCURRENCY = 20;
}
