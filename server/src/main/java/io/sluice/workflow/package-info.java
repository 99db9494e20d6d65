/// Workflows: defined as JSON or YAML, versioned, executed, watched.
///
/// ## Words
///
/// - A **workflow** is a name with versions. Its name is unique among those of a tenant that are
///   not deleted.
/// - A **definition** is what one version says; `model` has its records and its rules. It is kept
///   as it was given and as canonical JSON.
/// - A **version** is a definition with a number, from 1 on. It never changes. The same definition
///   again makes no new version.
/// - An **alias** is a name for a version, or for two of them with a weight.
/// - A **reference** says which version is meant: the workflow's id or name, and a version, an
///   alias, or nothing for the latest.
/// - A **transformation rule** is a stored, versioned expression that steps use by name.
/// - A **workflow template** makes definitions: its body has `{{parameter}}` in it.
///
/// ## Who decides what
///
/// PostgreSQL has the truth. A version is compiled when it is first needed and kept by its id; as
/// it never changes, nothing has to be told to other nodes.
///
/// ## What happens at each failure
///
/// | what | is answered |
/// |---|---|
/// | a definition breaks a rule | `INVALID_DEFINITION`, with all that is wrong, in order of place |
/// | the name is taken | `WORKFLOW_NAME_TAKEN` |
/// | somebody else was quicker to change it | `STALE` |
/// | a crash on the way | the new version is there with all its parts, or not at all |
@org.springframework.modulith.ApplicationModule(
    displayName = "Workflows",
    allowedDependencies = {
      "events",
      "expression",
      "guard",
      "platform",
      "review",
      "sources",
      "webhooks"
    })
@NullMarked
package io.sluice.workflow;

import org.jspecify.annotations.NullMarked;
