/// What people see: tables, bars, colours. Knows nothing of servers.
@NullMarked
package io.sluice.cli.terminal;

import org.jspecify.annotations.NullMarked;
