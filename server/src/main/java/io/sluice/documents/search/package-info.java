/// Search over chunks: keywords and vectors, fused.
///
/// **PostgreSQL is the truth, this index is derived from it and may vanish at any time.** It
/// remembers how far it followed the truth as a *cursor*, an opaque string that is committed
/// together with the changes up to it. Whoever feeds the index reads [SearchIndex#cursor], fetches
/// what changed since, and calls [SearchIndex#apply] with the new cursor; after a crash the same
/// changes may come again, which does no harm.
///
/// | what is found on opening | what happens |
/// |---|---|
/// | nothing | an empty index with an empty cursor |
/// | an index of this generation, checksums right | it goes on from its cursor |
/// | an index of another generation, or a damaged one | it is removed and logged; empty index, empty cursor |
/// | an index that another process has open | an `IllegalStateException`; nothing is touched |
///
/// A *generation* names everything that makes vectors comparable: model, version, dimension, and
/// the layout here.
///
/// The tenant is a filter inside every query, never a check on its results: a tenant finds its ten
/// best, not what is left of everybody's ten best.
@NullMarked
package io.sluice.documents.search;

import org.jspecify.annotations.NullMarked;
