package io.sluice.workflow.model.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a template says.
///
/// @param parameters what is filled in
/// @param parametersJson the same as plain JSON
/// @param body a definition with placeholders, as plain JSON
public record Blueprint(
    String name,
    @Nullable String description,
    List<Parameter> parameters,
    List<@Nullable Object> parametersJson,
    Map<String, @Nullable Object> body) {}
