package io.sluice.workflow.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.expression.Expression;
import io.sluice.expression.ExpressionProblem;
import io.sluice.platform.SpringTx;
import io.sluice.sources.Canonical;
import io.sluice.sources.Finding;
import io.sluice.sources.JsonSchema;
import io.sluice.workflow.TransformationRules;
import io.sluice.workflow.WorkflowProblem;
import io.sluice.workflow.WorkflowProblem.Unknown;
import io.sluice.workflow.Workflows.Edit;
import io.sluice.workflow.model.Rule;
import io.sluice.workflow.store.RuleStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/// The door to transformation rules, opened.
@Service
class RuleService implements TransformationRules, StoredRules {
  private final RuleStore rules;
  private final SpringTx transactions;
  private final IdSource ids;
  private final InstantSource clock;

  RuleService(RuleStore rules, SpringTx transactions, IdSource ids, InstantSource clock) {
    this.rules = rules;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public View create(TenantId tenant, Content content, String who) {
    check(content);
    var id = ids.next();
    boolean created =
        transactions.in(_ -> {
          if (!rules.insert(tenant, id, content.name(), content.description())) {
            return false;
          }
          rules.insert(tenant, version(id, 1, content, who));
          return true;
        });
    if (!created) {
      throw WorkflowProblem.NameTaken.rule(content.name());
    }
    return view(row(tenant, id.toString(), null));
  }

  private static RuleStore.NewVersion version(UUID rule, int number, Content content, String who) {
    return new RuleStore.NewVersion(
        rule,
        number,
        content.expression(),
        json(content.inputSchema()),
        json(content.outputSchema()),
        who);
  }

  private static @Nullable String json(@Nullable Map<String, @Nullable Object> schema) {
    return schema == null ? null : Canonical.json(schema);
  }

  /// The expression is checked as it is read: a rule sees one value and nothing else.
  private static void check(Content content) {
    var found = new ArrayList<Finding>();
    if ((content.expression() + content.description()).indexOf('\0') >= 0) {
      found.add(fault("", "has a character 0 in it, which can not be stored"));
    }
    if (!Names.fit(content.name())) {
      found.add(
          fault(
              "/name",
              "is no name: use lower case letters, digits, dots, hyphens and underscores, beginning"
                  + " with a letter"));
    }
    try {
      Expression.of(content.expression());
    } catch (ExpressionProblem.Malformed e) {
      found.add(fault("/expression", String.valueOf(e.getMessage())));
    }
    schema(content.inputSchema(), "/inputSchema", found);
    schema(content.outputSchema(), "/outputSchema", found);
    if (!found.isEmpty()) {
      throw new WorkflowProblem.Invalid("INVALID_RULE", "The rule", found);
    }
  }

  private static void schema(
      @Nullable Map<String, @Nullable Object> schema, String at, List<Finding> found) {
    if (schema != null) {
      JsonSchema.faults(schema)
          .forEach(f -> found.add(fault(at + f.pointer(), "is no JSON Schema: " + f.message())));
    }
  }

  private static Finding fault(String pointer, String detail) {
    return new Finding("INVALID_RULE", pointer, null, null, detail);
  }

  @Override
  public View update(TenantId tenant, String rule, Content content, Edit edit) {
    check(content);
    var now = row(tenant, rule, null);
    expect(now, edit);
    try {
      boolean changed = transactions.in(_ -> change(tenant, now, content, edit));
      if (!changed) {
        throw stale(tenant, now);
      }
    } catch (DuplicateKeyException e) {
      throw WorkflowProblem.NameTaken.rule(content.name());
    }
    return view(row(tenant, now.id().toString(), null));
  }

  /// @return false if somebody else was quicker
  private boolean change(TenantId tenant, RuleStore.Row now, Content content, Edit edit) {
    boolean same = sameProgram(now, content);
    int version = now.latestVersion() + (same ? 0 : 1);
    var change = new RuleStore.Change(content.name(), content.description(), version);
    if (!rules.change(now.id(), now.revision(), change)) {
      return false;
    }
    if (!same) {
      rules.insert(tenant, version(now.id(), version, content, edit.who()));
    }
    return true;
  }

  private static boolean sameProgram(RuleStore.Row now, Content content) {
    return now.expression().equals(content.expression())
        && Objects.equals(schema(now.inputSchema()), content.inputSchema())
        && Objects.equals(schema(now.outputSchema()), content.outputSchema());
  }

  private static void expect(RuleStore.Row now, Edit edit) {
    if (edit.expected() != null && edit.expected() != now.revision()) {
      throw new WorkflowProblem.Stale("Rule '" + now.name() + "'", edit.expected(), now.revision());
    }
  }

  private WorkflowProblem.Stale stale(TenantId tenant, RuleStore.Row was) {
    var now = row(tenant, was.id().toString(), null);
    return new WorkflowProblem.Stale("Rule '" + now.name() + "'", was.revision(), now.revision());
  }

  @Override
  public View get(TenantId tenant, String rule, @Nullable Integer version) {
    return view(row(tenant, rule, version));
  }

  private RuleStore.Row row(TenantId tenant, String rule, @Nullable Integer version) {
    return find(tenant, rule, version)
        .orElseThrow(() ->
            version != null && find(tenant, rule, null).isPresent()
                ? Unknown.version(rule, version)
                : Unknown.rule(rule));
  }

  private Optional<RuleStore.Row> find(TenantId tenant, String rule, @Nullable Integer version) {
    var id = Names.id(rule);
    if (id != null) {
      return rules.find(tenant, id, version);
    }
    return Names.fit(rule) ? rules.find(tenant, rule, version) : Optional.empty();
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Map<String, @Nullable Object> schema(@Nullable String json) {
    return json == null ? null : (Map<String, @Nullable Object>) Canonical.read(json);
  }

  private static View view(RuleStore.Row row) {
    return new View(
        row.id(),
        row.version(),
        row.revision(),
        new Content(
            row.name(),
            row.description(),
            row.expression(),
            schema(row.inputSchema()),
            schema(row.outputSchema())),
        row.createdAt(),
        row.version() == row.latestVersion() ? row.updatedAt() : row.versionCreatedAt());
  }

  @Override
  public List<View> list(TenantId tenant, @Nullable UUID before, int limit) {
    return rules.list(tenant, before, limit).stream().map(RuleService::view).toList();
  }

  @Override
  public List<View> versions(TenantId tenant, String rule, @Nullable Integer before, int limit) {
    return rules.versions(tenant, row(tenant, rule, null).id(), before, limit).stream()
        .map(RuleService::view)
        .toList();
  }

  @Override
  public void delete(TenantId tenant, String rule, Edit edit) {
    var now = row(tenant, rule, null);
    expect(now, edit);
    if (!rules.delete(now.id(), now.revision())) {
      throw stale(tenant, now);
    }
  }

  @Override
  public Preview preview(TenantId tenant, String rule, Trial trial) {
    var row = row(tenant, rule, trial.version());
    var source = trial.expression() == null ? row.expression() : trial.expression();
    try {
      var output = compiled(row, source).apply(trial.input(), clock.instant());
      return new Preview(true, Canonical.tree(output), null, null, null);
    } catch (ExpressionProblem.Malformed e) {
      return new Preview(false, null, e.code(), e.getMessage(), e.position());
    } catch (ExpressionProblem e) {
      return new Preview(false, null, e.code(), e.getMessage(), null);
    } catch (Rule.Misfit e) {
      return new Preview(false, null, e.code(), e.getMessage(), null);
    }
  }

  @Override
  public Rule rule(TenantId tenant, String name, @Nullable Integer version) {
    var row = row(tenant, name, version);
    return compiled(row, row.expression());
  }

  private static Rule compiled(RuleStore.Row row, String expression) {
    return new Rule(
        row.name(),
        row.version(),
        Expression.of(expression),
        compiled(row.inputSchema()),
        compiled(row.outputSchema()));
  }

  private static @Nullable JsonSchema compiled(@Nullable String schema) {
    var json = schema(schema);
    return json == null ? null : JsonSchema.of(json);
  }
}
