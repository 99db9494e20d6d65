/// The live stream: what was announced, as it is committed, and how far jobs are.
///
/// A stream follows commits, not ids: its cursor is `(xid, seq)`, so that a transaction that
/// commits late is not passed over, and a stream that breaks resumes where it was.
///
/// Whoever has to act on every event is an [io.sluice.events.EventFollower]; an
/// [io.sluice.events.EventTail] keeps its place.
@org.springframework.modulith.ApplicationModule(
    displayName = "Events",
    allowedDependencies = {"platform"})
@NullMarked
package io.sluice.events;

import org.jspecify.annotations.NullMarked;
