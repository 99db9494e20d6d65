package io.sluice.workflow.work;

import io.sluice.engine.Operations;
import io.sluice.guard.Guard;
import io.sluice.guard.Outbound;
import io.sluice.platform.Secrets;
import io.sluice.platform.TimeLimit;
import io.sluice.workflow.ExecutionControl;
import io.sluice.workflow.HeldExecutions;
import io.sluice.workflow.WorkflowFunction;
import io.sluice.workflow.model.Rule;
import io.sluice.workflow.steps.People;
import io.sluice.workflow.steps.RuleBook;
import io.sluice.workflow.steps.StepFailure;
import io.sluice.workflow.steps.StepTypes;
import io.sluice.workflow.steps.SubExecutions;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// What executions work with. The engine is made with its handlers, so that whatever needs the
/// engine is asked for only when a step runs.
@Configuration(proxyBeanMethods = false)
class ExecutionConfiguration {
  @Bean
  Plans plans(VersionBook versions) {
    return new PlanCache(versions::definition);
  }

  @Bean
  Fans fans(ObjectProvider<Operations> operations, JsonMapper json) {
    return new Fans(operations::getObject, json);
  }

  @Bean
  Holds executionControl(ObjectProvider<HeldExecutions> held, InstantSource clock) {
    HeldExecutions none = Map::of;
    return new Holds(() -> held.getIfAvailable(() -> none), clock);
  }

  @Bean
  RuleBook ruleBook(StoredRules stored) {
    return (asked, input) -> {
      try {
        return stored.rule(asked.tenant(), asked.rule(), asked.version()).apply(input, asked.now());
      } catch (Rule.Misfit e) {
        throw StepFailure.lasting(e.code(), String.valueOf(e.getMessage()), e);
      }
    };
  }

  @Bean
  StepTypes stepTypes(
      ObjectProvider<Guard> guard,
      ObjectProvider<Outbound> outbound,
      Secrets secrets,
      RuleBook rules,
      SubExecutions executions,
      People people,
      ObjectProvider<WorkflowFunction> functions,
      TimeLimit limits) {
    return new StepTypes(
        new StepTypes.Outside(
            (tenant, service) -> guard.getObject().admit(tenant, service),
            call -> outbound.getObject().send(call),
            secrets,
            rules,
            executions,
            people,
            functions.stream().toList(),
            limits));
  }

  @Bean
  Interpreter interpreter(
      Plans plans,
      StepTypes types,
      Secrets secrets,
      ExecutionControl control,
      ExecutionLimits limits,
      InstantSource clock,
      RandomGenerator random) {
    return new Interpreter(
        new Machinery(
            plans,
            types,
            types,
            secrets,
            control,
            limits,
            clock,
            random,
            new FanOut(),
            Machinery.Watcher.NONE));
  }
}
