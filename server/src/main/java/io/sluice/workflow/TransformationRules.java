package io.sluice.workflow;

import io.sluice.engine.TenantId;
import io.sluice.workflow.Workflows.Edit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The door to transformation rules. A rule is named by its id or its name.
public interface TransformationRules {
  /// What a rule is made of.
  ///
  /// @param expression JSONata over one value
  /// @param inputSchema a JSON Schema that the value must satisfy; null: any
  /// @param outputSchema a JSON Schema that the result must satisfy; null: any
  record Content(
      String name,
      @Nullable String description,
      String expression,
      @Nullable Map<String, @Nullable Object> inputSchema,
      @Nullable Map<String, @Nullable Object> outputSchema) {}

  /// A rule at one version.
  ///
  /// @param revision rises with every change
  record View(
      UUID id, int version, int revision, Content content, Instant createdAt, Instant updatedAt) {}

  /// What to try.
  ///
  /// @param input sample data
  /// @param expression one that is not stored; null: the rule's
  /// @param version of the rule; null: the latest
  record Trial(@Nullable Object input, @Nullable String expression, @Nullable Integer version) {}

  /// What came of it: an output, or a problem.
  ///
  /// @param position how many characters of the expression lie before what is wrong; null: unknown
  record Preview(
      boolean ok,
      @Nullable Object output,
      @Nullable String code,
      @Nullable String detail,
      @Nullable Integer position) {}

  /// Makes a rule with version 1.
  View create(TenantId tenant, Content content, String who);

  /// Changes a rule; another expression or schema makes a new version.
  View update(TenantId tenant, String rule, Content content, Edit edit);

  /// A rule, at its latest version or another one.
  View get(TenantId tenant, String rule, @Nullable Integer version);

  /// Rules at their latest versions, newest first.
  List<View> list(TenantId tenant, @Nullable UUID before, int limit);

  /// All versions of a rule, newest first.
  List<View> versions(TenantId tenant, String rule, @Nullable Integer before, int limit);

  /// Takes a rule away; steps that use it fail.
  void delete(TenantId tenant, String rule, Edit edit);

  /// Tries a rule, or an expression that is to become its next version, on sample data.
  Preview preview(TenantId tenant, String rule, Trial trial);
}
