/// The server, as the commands see it: where it is, requests, problems.
@NullMarked
package io.sluice.cli.http;

import org.jspecify.annotations.NullMarked;
