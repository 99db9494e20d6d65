/// The PostgreSQL of the run: one server, one database for each subject.
@NullMarked
package io.sluice.bench.postgres;

import org.jspecify.annotations.NullMarked;
