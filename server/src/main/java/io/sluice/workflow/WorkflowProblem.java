package io.sluice.workflow;

import io.sluice.platform.Problem;
import io.sluice.sources.Finding;
import java.util.List;

/// What can go wrong for those who define workflows.
public abstract sealed class WorkflowProblem extends Problem {
  private WorkflowProblem(Sort sort, String code, String detail) {
    super(sort, code, detail);
  }

  private WorkflowProblem(Sort sort, String code, String detail, List<Fault> faults) {
    super(sort, code, detail, faults, null);
  }

  /// There is no such workflow, version, alias, rule or template.
  public static final class Unknown extends WorkflowProblem {
    private Unknown(String code, String detail) {
      super(Sort.NOT_FOUND, code, detail);
    }

    /// A workflow.
    public static Unknown workflow(Object idOrName) {
      return new Unknown("UNKNOWN_WORKFLOW", "There is no workflow '" + idOrName + "'");
    }

    /// A version of one.
    public static Unknown version(Object workflow, int version) {
      return new Unknown(
          "UNKNOWN_VERSION",
          "'"
              + workflow
              + "' has no version "
              + version
              + "; list its versions to see which it has");
    }

    /// An alias of one.
    public static Unknown alias(Object workflow, String alias) {
      return new Unknown("UNKNOWN_ALIAS", "'" + workflow + "' has no alias '" + alias + "'");
    }

    /// A transformation rule.
    public static Unknown rule(Object idOrName) {
      return new Unknown("UNKNOWN_RULE", "There is no transformation rule '" + idOrName + "'");
    }

    /// A template.
    public static Unknown template(Object idOrName) {
      return new Unknown("UNKNOWN_TEMPLATE", "There is no workflow template '" + idOrName + "'");
    }
  }

  /// A definition, or what makes one, breaks rules.
  public static final class Invalid extends WorkflowProblem {
    private final List<Finding> findings;

    /// Names all of them.
    ///
    /// @param what is wrong, as `The definition`
    public Invalid(String code, String what, List<Finding> findings) {
      super(
          Sort.INVALID,
          code,
          what
              + " has "
              + (findings.size() == 1 ? "a mistake" : findings.size() + " mistakes")
              + "; 'errors' has each with its place and what to do",
          findings.stream().map(f -> new Fault(f.pointer(), f.detail())).toList());
      this.findings = List.copyOf(findings);
    }

    /// A definition that breaks rules.
    public static Invalid definition(List<Finding> findings) {
      return new Invalid("INVALID_DEFINITION", "The definition", findings);
    }

    /// All that is wrong, in order of place.
    public List<Finding> findings() {
      return findings;
    }
  }

  /// The name belongs to another one.
  public static final class NameTaken extends WorkflowProblem {
    private NameTaken(String code, String detail) {
      super(Sort.CONFLICT, code, detail);
    }

    /// A workflow's.
    public static NameTaken workflow(String name) {
      return new NameTaken(
          "WORKFLOW_NAME_TAKEN",
          "There is a workflow '"
              + name
              + "' with another definition; PUT /api/v1/workflows/"
              + name
              + " makes a new version of it");
    }

    /// A rule's.
    public static NameTaken rule(String name) {
      return new NameTaken(
          "RULE_NAME_TAKEN",
          "There is a transformation rule '"
              + name
              + "'; PUT /api/v1/transformation-rules/"
              + name
              + " changes it");
    }

    /// A template's.
    public static NameTaken template(String name) {
      return new NameTaken(
          "TEMPLATE_NAME_TAKEN",
          "There is a workflow template '" + name + "'; choose another name");
    }
  }

  /// It was changed since the caller looked at it.
  public static final class Stale extends WorkflowProblem {
    /// Says what it is now.
    public Stale(String what, int asked, int now) {
      super(
          Sort.STALE,
          "STALE",
          what + " is at " + now + ", not at " + asked + " any more; read it again and repeat");
    }
  }

  /// It comes with the server and can not be changed.
  public static final class ReadOnly extends WorkflowProblem {
    /// Names it.
    public ReadOnly(String template) {
      super(
          Sort.CONFLICT,
          "TEMPLATE_READ_ONLY",
          "Template '"
              + template
              + "' comes with the server; create one of your own under another name");
    }
  }
}
