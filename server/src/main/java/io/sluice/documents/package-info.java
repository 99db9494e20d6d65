/// Documents: uploaded, parsed, cut into chunks, embedded, found again.
///
/// ## Words
///
/// - A **document** is a name for uploaded bytes. The same bytes of one tenant are one document,
///   however often they come.
/// - Its **stage** is the last of nine that was recorded; they are in [Stage].
/// - A **chunk** is a piece of the canonical text with its place: `text ==
///   canonical.substring(start, end)`.
///
/// ## Who decides what
///
/// PostgreSQL has the truth: bytes, text, chunks, vectors. The search index follows it and can
/// always be made anew. The job of a document, `document.ingest`, is the engine's; a document has
/// no state of its own.
///
/// ## What a crash leaves behind
///
/// Each stage is a recorded step. Text that was parsed lies by the hash of the bytes, vectors by
/// the hash of what was embedded, so that another worker goes on where the first one was. Chunks
/// appear with their vectors, all of a document in one commit.
@org.springframework.modulith.ApplicationModule(
    displayName = "Documents",
    allowedDependencies = {"providers", "platform"})
@NullMarked
package io.sluice.documents;

import org.jspecify.annotations.NullMarked;
