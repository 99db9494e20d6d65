/// What tests say, and the rules that follow from it. Pure: no SQL, no clock, no thread.
///
/// [io.sluice.testing.model.TestCase], [io.sluice.testing.model.TestItem] and
/// [io.sluice.testing.model.TestSuite] are the three definitions.
/// [io.sluice.testing.model.Selector] chooses cases, [io.sluice.testing.model.Selection] is what
/// was chosen, [io.sluice.testing.model.Settings] is what holds for one cell of it,
/// [io.sluice.testing.model.Expansion] puts the steps of items where they are used.
///
/// Where a field is a `Template` or an `Expression`, users may write `${ … }`; [TestScope] makes
/// the document that these read.
@NullMarked
package io.sluice.testing.model;

import org.jspecify.annotations.NullMarked;
