/// Pure rules of documents: how canonical text becomes chunks.
///
/// ## Words
///
/// - **chunk**: a part `[start, end)` of the canonical text that is embedded and found as one. Its
///   text *is* that substring, always, so that a citation can be checked to the letter.
/// - **heading path**: the headings that stand over a chunk, outermost first.
/// - **context**: title and heading path, shortened to its own budget, and for the later rows of a
///   table its header row. It is embedded together with the chunk's text but is no part of it.
/// - **overlap**: the end of the chunk before, repeated at the beginning, inside one section only.
///
/// ## Promises
///
/// 1. `chunk.text` equals `canonical.substring(chunk.start, chunk.end)`, overlap included.
/// 2. Every character that is not white space lies in some chunk.
/// 3. Starts and ends both rise from chunk to chunk.
/// 4. No chunk has more tokens than the settings allow; what cannot be cut at a sentence or a word
///    is cut between code points.
/// 5. The same input gives the same chunks. Whoever changes a rule raises
///    [io.sluice.documents.model.Chunker#VERSION].
@NullMarked
package io.sluice.documents.model;

import org.jspecify.annotations.NullMarked;
