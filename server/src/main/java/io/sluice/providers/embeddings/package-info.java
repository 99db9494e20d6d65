/// Embedding models that run in this process, without network or weights to fetch.
///
/// | model | what it is for | dimension |
/// |---|---|---|
/// | [MiniLmEmbeddings] | the default: a small sentence encoder on ONNX Runtime | 384 |
/// | [HashingEmbeddings] | tests, demonstrations, machines without the native library: words and parts of words, no meaning | 1536 |
///
/// Both are deterministic: the same text gives the same vector, whatever is embedded along with it,
/// today and after a restart. That is what lets chunks be re-used by the hash of their text.
@NullMarked
package io.sluice.providers.embeddings;

import org.jspecify.annotations.NullMarked;
