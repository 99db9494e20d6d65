package io.sluice.documents.work;

import io.sluice.documents.store.ChunkStore;
import io.sluice.documents.store.DocumentStore;
import io.sluice.documents.store.TextStore;
import org.springframework.stereotype.Component;

/// The module's stores together, for those who need all of them.
@Component
record Stores(DocumentStore documents, TextStore texts, ChunkStore chunks) {}
