package io.sluice.workflow.work;

import io.sluice.engine.Operations;
import io.sluice.guard.Guard;
import io.sluice.guard.Outbound;
import io.sluice.platform.Secrets;
import io.sluice.platform.TimeLimit;
import io.sluice.workflow.HeldExecutions;
import io.sluice.workflow.WorkflowFunction;
import io.sluice.workflow.model.Rule;
import io.sluice.workflow.steps.RuleBook;
import io.sluice.workflow.steps.StepFailure;
import io.sluice.workflow.steps.StepTypes;
import io.sluice.workflow.steps.SubExecutions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// What executions of this server run on.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExecutionLimits.class)
class ExecutionConfiguration {
  @Bean
  Plans plans(VersionBook versions) {
    return new PlanCache(versions::definition);
  }

  @Bean
  Holds holds(ObjectProvider<HeldExecutions> held, InstantSource clock) {
    return new Holds(held::getObject, clock);
  }

  @Bean
  Fans fans(ObjectProvider<Operations> operations, JsonMapper json) {
    return new Fans(operations::getObject, json);
  }

  @Bean
  RuleBook ruleBook(StoredRules rules) {
    return (asked, input) -> {
      try {
        return rules.rule(asked.tenant(), asked.rule(), asked.version()).apply(input);
      } catch (Rule.Misfit e) {
        throw StepFailure.lasting(e.code(), String.valueOf(e.getMessage()), e);
      }
    };
  }

  @Bean
  StepTypes stepTypes(
      Guard guard,
      Outbound outbound,
      Secrets secrets,
      RuleBook rules,
      SubExecutions executions,
      ObjectProvider<WorkflowFunction> functions,
      TimeLimit limits) {
    return new StepTypes(
        new StepTypes.Outside(
            guard,
            outbound,
            secrets,
            rules,
            executions,
            List.copyOf(functions.orderedStream().toList()),
            limits));
  }

  @Bean
  Interpreter interpreter(
      Plans plans,
      StepTypes types,
      Secrets secrets,
      Holds holds,
      ExecutionLimits settings,
      InstantSource clock) {
    return new Interpreter(
        new Machinery(
            plans,
            types,
            types,
            secrets,
            holds,
            settings,
            clock,
            new Random(new SecureRandom().nextLong()),
            new FanOut(),
            Machinery.Watcher.NONE));
  }
}
