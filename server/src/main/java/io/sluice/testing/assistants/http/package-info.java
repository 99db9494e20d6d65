/// Any other HTTP API, by templates and extractions.
@NullMarked
package io.sluice.testing.assistants.http;

import org.jspecify.annotations.NullMarked;
