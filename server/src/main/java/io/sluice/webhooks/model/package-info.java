/// The rules of webhooks: signatures, verification, filters, retries. Pure.
@NullMarked
package io.sluice.webhooks.model;

import org.jspecify.annotations.NullMarked;
