/// Houndify's protocol: signing, framing, what its answers mean.
@NullMarked
package io.sluice.testing.assistants.houndify;

import org.jspecify.annotations.NullMarked;
