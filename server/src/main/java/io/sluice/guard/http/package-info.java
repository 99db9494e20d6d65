/// How a call is made: the connections, the addresses, the limits.
@NullMarked
package io.sluice.guard.http;

import org.jspecify.annotations.NullMarked;
