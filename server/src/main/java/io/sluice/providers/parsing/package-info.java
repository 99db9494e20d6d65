/// Parsing in a process that may die.
///
/// ```
/// ForkedParser ── checks, in this process: size, magic bytes ([Magic]), PDF trailer, inflated size ([InflationGuard])
///    ├─ plain text, Markdown, CSV, JSON ── [TextReader], in this process: nothing here can run away
///    └─ everything else ── [ParserProcess] ═ stdin, stdout ═ [ParserMain] ── Tika ── [MarkdownHandler]
/// ```
///
/// The parent passes paths. The child writes what it read to a result file and answers with a frame
/// of a few bytes ([Wire]). It sends a frame for every page or part that it begins, so that silence
/// can be told from work. The parent holds two clocks, total and silent; when either runs out, the
/// child is killed and the next file gets a new one. The child is also replaced after a number of
/// files, so that what libraries leak does not add up.
///
/// A child whose stdin ends has lost its parent: it removes its directory and halts, also in the
/// middle of a file. What a crash here leaves behind is at most one directory `sluice-parser-*` in
/// the temporary directory.
@NullMarked
package io.sluice.providers.parsing;

import org.jspecify.annotations.NullMarked;
