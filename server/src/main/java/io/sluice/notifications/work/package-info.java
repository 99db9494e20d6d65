/// The follower, the jobs, the senders, and the door, opened.
@NullMarked
package io.sluice.notifications.work;

import org.jspecify.annotations.NullMarked;
