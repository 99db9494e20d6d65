/// What the engine runs for documents, and the index that follows them.
@NullMarked
package io.sluice.documents.work;

import org.jspecify.annotations.NullMarked;
