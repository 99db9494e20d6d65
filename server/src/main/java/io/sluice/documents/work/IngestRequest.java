package io.sluice.documents.work;

import java.util.UUID;

/// The input of a document's job.
///
/// @param document its id
/// @param sha256 of the bytes that were uploaded
/// @param name a label
public record IngestRequest(UUID document, String sha256, String name) {}
