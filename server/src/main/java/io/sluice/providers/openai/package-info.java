/// Services that speak the protocol of OpenAI, wherever they run.
@NullMarked
package io.sluice.providers.openai;

import org.jspecify.annotations.NullMarked;
