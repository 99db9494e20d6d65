package io.sluice.engine.postgres;

/// A postmaster that answers, and what it was told.
record Running(Postmaster postmaster, ServerConfiguration configuration) {}
