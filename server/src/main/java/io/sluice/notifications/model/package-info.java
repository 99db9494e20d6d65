/// Rules and wordings: what a channel may look like, who is told of what, and how it reads.
@NullMarked
package io.sluice.notifications.model;

import org.jspecify.annotations.NullMarked;
