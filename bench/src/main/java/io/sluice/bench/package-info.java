/// The engine beside a floor of plain SQL and other people's engines, in one run on one PostgreSQL.
///
/// A *subject* is something that can be handed jobs: the floor, the engine, a peer. A *workload* is
/// one question put to every subject in the same words: how fast are jobs enqueued, drained, picked
/// up. A workload plays *rounds*, takes a *sample* from each, and condenses the samples into
/// *measurements*. A subject never measures itself; it says when its handlers started, and the
/// workload keeps the clock.
///
/// Rounds go round-robin over the subjects, so that a machine that gets slower in the middle of a
/// run gets slower for all. The first round is not counted. A round in which other processes used
/// more than a set share of the machine is played again, a bounded number of times. What is kept is
/// chosen by that share alone, never by the result.
///
/// | package | |
/// |---|---|
/// | `bench` | the command, and the registry of subjects |
/// | `bench.postgres` | the PostgreSQL of the run |
/// | `bench.subject` | what is measured |
/// | `bench.measure` | clocks, counters, rounds |
/// | `bench.workload` | the questions |
/// | `bench.report` | the table, the lines, the results file |
@NullMarked
package io.sluice.bench;

import org.jspecify.annotations.NullMarked;
