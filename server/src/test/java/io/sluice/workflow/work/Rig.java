package io.sluice.workflow.work;

import io.sluice.engine.JacksonCodec;
import io.sluice.engine.testkit.HandlerTest;
import io.sluice.engine.testkit.HandlerTest.Status;
import io.sluice.guard.Admission;
import io.sluice.guard.Answer;
import io.sluice.guard.Call;
import io.sluice.guard.Headers;
import io.sluice.platform.Secrets;
import io.sluice.platform.TimeLimit;
import io.sluice.sources.SourceFormat;
import io.sluice.workflow.ExecutionControl;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.Json;
import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.WorkflowFunction;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.Limits;
import io.sluice.workflow.model.SubWorkflow;
import io.sluice.workflow.model.reading.DefinitionReader;
import io.sluice.workflow.model.reading.Reading;
import io.sluice.workflow.steps.People;
import io.sluice.workflow.steps.StepTypes;
import io.sluice.workflow.steps.SubExecutions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// An execution under test: the interpreter over the engine's memory, with a clock that obeys and a
/// world outside that is scripted.
final class Rig {
  static final UUID VERSION = new UUID(0, 1);

  /// What the world outside says to a call.
  interface World {
    Answer answer(Call call, int number) throws Exception;
  }

  final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
  final Map<String, StepOutcome> outcomes = Collections.synchronizedMap(new LinkedHashMap<>());
  final List<String> functionCalls = Collections.synchronizedList(new ArrayList<>());
  final HandlerTest<ExecutionInput, Json> job;
  World world = (_, _) -> json(200, "{}");
  Admission admission = Admission.Go.NOW;
  @Nullable String heldBy;
  private final Definition definition;

  private Rig(String yaml) {
    definition = read(yaml);
    var plan = new Plan(definition);
    ExecutionControl control = _ -> java.util.Optional.ofNullable(heldBy);
    var secrets =
        new Secrets(() ->
            Map.of(
                "SLUICE_SECRET_TOKEN",
                "s3cr3t-value",
                "SLUICE_SECRET_SIGNING",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    var types =
        new StepTypes(
            new StepTypes.Outside(
                (_, _) -> admission,
                call -> {
                  calls.add(call);
                  try {
                    return world.answer(call, calls.size());
                  } catch (RuntimeException | InterruptedException e) {
                    throw e;
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                },
                secrets,
                (asked, input) -> Map.of("rule", asked.rule(), "input", String.valueOf(input)),
                new Children(),
                People.NONE,
                List.of(new Recorder()),
                TimeLimit.standalone()));
    var machinery =
        new Machinery(
            _ -> plan,
            types,
            types,
            secrets,
            control,
            ExecutionLimits.DEFAULT,
            this::now,
            RandomGenerator.of("L64X128MixRandom"),
            new FanOut(),
            outcomes::put);
    var interpreter = new Interpreter(machinery);
    job = HandlerTest.of(WorkflowKinds.EXECUTION, interpreter::run);
  }

  /// Calls are counted; fails as often as it is told.
  private final class Recorder implements WorkflowFunction {
    @Override
    public String name() {
      return "note";
    }

    @Override
    public @Nullable Object run(@Nullable Object arguments, Call call) {
      functionCalls.add(call.step() + "=" + arguments);
      if (arguments instanceof Map<?, ?> map && map.get("fail") instanceof String message) {
        throw new IllegalStateException(message);
      }
      return arguments;
    }
  }

  private static final class Children implements SubExecutions {
    @Override
    public ExecutionInput input(io.sluice.engine.TenantId tenant, SubWorkflow config, Given given) {
      return new ExecutionInput(
          VERSION,
          config.workflow(),
          1,
          given.input(),
          Instant.EPOCH,
          given.origin(),
          ExecutionInput.Overrides.NONE);
    }

    @Override
    public UUID start(
        io.sluice.engine.Tx tx, io.sluice.engine.TenantId tenant, ExecutionInput input) {
      return VERSION;
    }
  }

  private Instant now() {
    return job.now();
  }

  static Definition read(String yaml) {
    return switch (new DefinitionReader(Limits.DEFAULT).read(yaml, SourceFormat.YAML)) {
      case Reading.Valid valid -> valid.definition();
      case Reading.Invalid invalid -> throw new AssertionError(invalid.errors());
    };
  }

  /// A definition of these steps.
  static Rig of(String yaml) {
    var rig = new Rig(yaml);
    return rig.given(Map.of());
  }

  Rig given(Object input) {
    job.begin(
        new ExecutionInput(
            VERSION,
            definition.name(),
            1,
            input,
            Instant.parse("2026-01-01T00:00:00Z"),
            ExecutionInput.Origin.manual("test"),
            ExecutionInput.Overrides.NONE));
    return this;
  }

  Rig world(World answers) {
    world = answers;
    return this;
  }

  static Answer json(int status, String body) {
    return answer(status, Map.of("Content-Type", "application/json"), body);
  }

  static Answer answer(int status, Map<String, String> headers, String body) {
    return new Answer(
        status,
        Headers.of(headers),
        body.getBytes(StandardCharsets.UTF_8),
        Duration.ofMillis(1),
        URI.create("http://service.example/"));
  }

  Status<Json> proceed() {
    return job.proceed();
  }

  /// Runs to the end, letting time pass while it waits.
  Status<Json> toEnd() {
    for (int runs = 0; runs < 200; runs++) {
      var status = proceed();
      switch (status) {
        case Status.Waiting<Json> waiting when waiting.until() != null ->
            job.advance(Duration.between(now(), waiting.until()).plusMillis(1));
        case Status.Waiting<Json> waiting -> throw new AssertionError("waits: " + waiting);
        case Status.Retrying<Json> retrying -> throw new AssertionError("retries: " + retrying);
        default -> {
          return status;
        }
      }
    }
    throw new AssertionError("it does not end");
  }

  /// The output of an execution that ends well.
  @Nullable Object output() {
    return switch (toEnd()) {
      case Status.Returned<Json>(var json) -> json == null ? null : json.value();
      case Status<Json> other -> throw new AssertionError(other.toString());
    };
  }

  /// The code and message of one that fails.
  io.sluice.engine.JobError error() {
    return switch (toEnd()) {
      case Status.DeadLettered<Json>(var error) -> error;
      case Status<Json> other -> throw new AssertionError(other.toString());
    };
  }

  StepOutcome outcome(String path) {
    var found = outcomes.get(path);
    if (found == null) {
      throw new AssertionError("no step " + path + " has ended; there are " + outcomes.keySet());
    }
    return found;
  }

  static String text(@Nullable Object value) {
    return new JacksonCodec().encode(value);
  }
}
