/// How a text becomes a test case, an item or a suite, or a list of all that is wrong with it.
///
/// [io.sluice.testing.model.reading.Draft] goes: text → plain JSON with places → the published
/// schema → rules of the kind. What a draft says of other assets is checked by
/// [io.sluice.testing.model.reading.Links], once it is known what others there are: those stored,
/// and those that come in the same import. Every check goes on after the one before it has failed,
/// so that one reading tells all; records are made only of what has no error.
@NullMarked
package io.sluice.testing.model.reading;

import org.jspecify.annotations.NullMarked;
