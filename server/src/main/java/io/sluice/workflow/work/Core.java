package io.sluice.workflow.work;

import io.sluice.engine.Jobs;
import io.sluice.engine.Operations;
import io.sluice.platform.SpringTx;
import org.springframework.stereotype.Component;

/// The engine's surfaces and transactions together, for those who need all of them.
@Component
record Core(Jobs jobs, Operations operations, SpringTx transactions) {}
