package io.sluice.webhooks.work;

import java.util.UUID;

/// The input of a delivery's job.
record DeliverRequest(UUID delivery) {}
