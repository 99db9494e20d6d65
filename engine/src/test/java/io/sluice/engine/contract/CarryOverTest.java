package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobId;
import io.sluice.engine.Kind;
import io.sluice.engine.StepRecord;
import io.sluice.engine.StepRef;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.testing.EngineDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A job that begins with what steps of another one have returned.
class CarryOverTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private final Kind<String, String> kind = db.kind(String.class, String.class);
  private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

  private Engine start() {
    return db.start(b ->
        b.handle(
            kind,
            (input, job) -> {
              var out = new StringBuilder();
              for (var name : List.of("first", "second", "third")) {
                out.append(
                    job.step(
                        name,
                        String.class,
                        () -> {
                          ran.add(name);
                          return input + "." + name + " ";
                        }));
              }
              return out.toString().strip();
            }));
  }

  private JobId enqueue(Engine engine, String input) {
    return engine.jobs().enqueue(kind, input, EnqueueOptions.DEFAULT).job();
  }

  @Test
  void whatStepsReturnedIsRead() {
    var engine = start();
    var job = enqueue(engine, "a");
    result(engine, job, String.class);
    var steps = engine.operations().steps(job, null);
    assertThat(steps)
        .extracting(s -> s.step().name(), StepRecord::status, StepRecord::valueJson)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("first", "done", "\"a.first \""),
            org.assertj.core.groups.Tuple.tuple("second", "done", "\"a.second \""),
            org.assertj.core.groups.Tuple.tuple("third", "done", "\"a.third \""));
    assertThat(engine.operations().steps(job, steps.getLast().recordedAt())).isNotEmpty();
    assertThat(engine.operations().stepValue(job, StepRef.root("second")))
        .contains("\"a.second \"");
    assertThat(engine.operations().stepValue(job, StepRef.root("fourth"))).isEmpty();
  }

  @Test
  void stepsThatWereCarriedOverDoNotRunAgain() throws Exception {
    var engine = start();
    var old = enqueue(engine, "a");
    result(engine, old, String.class);
    ran.clear();
    var fork = new JobId[1];
    engine.inTransaction(tx -> {
      fork[0] = engine.jobs().enqueue(tx, kind, "b", EnqueueOptions.DEFAULT).job();
      var taken =
          engine
              .operations()
              .carryOver(
                  tx,
                  old,
                  fork[0],
                  List.of(StepRef.root("first"), StepRef.root("second"), StepRef.root("none")));
      assertThat(taken).isEqualTo(2);
      engine.operations().plant(tx, fork[0], StepRef.root("second"), "planted ");
      return null;
    });
    assertThat(result(engine, fork[0], String.class)).isEqualTo("a.first planted b.third");
    assertThat(ran).containsExactly("third");
  }

  @Test
  void aJobThatMayHaveBegunTakesNothingOver() {
    var engine = start();
    var old = enqueue(engine, "a");
    var other = enqueue(engine, "b");
    result(engine, old, String.class);
    result(engine, other, String.class);
    assertThatThrownBy(() ->
            engine.inTransaction(tx ->
                engine.operations().carryOver(tx, old, other, List.of(StepRef.root("first")))))
        .isInstanceOf(EngineProblem.Misuse.class);
  }
}
