/// The only SQL of the webhooks module.
@NullMarked
package io.sluice.webhooks.store;

import org.jspecify.annotations.NullMarked;
