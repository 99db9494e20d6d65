/// The only SQL of the documents module.
@NullMarked
package io.sluice.documents.store;

import org.jspecify.annotations.NullMarked;
