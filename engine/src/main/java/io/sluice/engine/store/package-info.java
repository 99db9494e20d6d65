/// The only SQL of the engine. One class an aggregate, one text block a statement; a test prepares
/// every [Sql] against the migrated schema.
@NullMarked
package io.sluice.engine.store;

import org.jspecify.annotations.NullMarked;
