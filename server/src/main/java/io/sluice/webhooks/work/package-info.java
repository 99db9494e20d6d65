/// The follower, the delivery jobs, and the module's doors, opened.
@NullMarked
package io.sluice.webhooks.work;

import org.jspecify.annotations.NullMarked;
