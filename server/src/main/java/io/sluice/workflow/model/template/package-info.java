/// How a template becomes a definition.
///
/// A placeholder is `{{name}}`. A text that is one placeholder and nothing else becomes the value
/// with its type. In other texts the value is written as text. Inside of an expression it is
/// written as a literal, so that a value never becomes part of the program: `${input.country =
/// {{country}}}` takes no quotes. The name of a secret is the exception: `${secrets.{{key}}}`.
@NullMarked
package io.sluice.workflow.model.template;

import org.jspecify.annotations.NullMarked;
