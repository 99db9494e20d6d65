package io.sluice.testing.run.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.providers.Judges;
import io.sluice.review.ReviewRequest;
import io.sluice.review.Reviews;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.model.Judged;
import io.sluice.testing.run.model.OutcomeKey;
import io.sluice.testing.run.store.ExecutionStore;
import io.sluice.testing.run.store.RevisionStore;
import io.sluice.testing.run.store.RunStore;
import io.sluice.testing.run.store.ValidationStore;
import io.sluice.validation.Observation;
import io.sluice.validation.ReviewStatus;
import io.sluice.validation.Similarity;
import io.sluice.validation.ValidationResult;
import io.sluice.validation.Validator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Validates executions, and asks people about what validation does not pass.
@Component
class Judging {
  private static final TypeReference<Map<String, @Nullable Object>> PLAIN =
      new TypeReference<>() {};

  private final Stores stores;
  private final Similarity similarity;
  private final ObjectProvider<Judges> judges;
  private final ObjectProvider<Reviews> reviews;
  private final Announcements announcements;
  private final ChainMetrics metrics;
  private final IdSource ids;
  private final JsonMapper json;
  private final RandomGenerator random = RandomGenerator.getDefault();

  Judging(
      Stores stores,
      Similarity similarity,
      ObjectProvider<Judges> judges,
      ObjectProvider<Reviews> reviews,
      Announcements announcements,
      ChainMetrics metrics,
      IdSource ids,
      JsonMapper json) {
    this.stores = stores;
    this.similarity = similarity;
    this.judges = judges;
    this.reviews = reviews;
    this.announcements = announcements;
    this.metrics = metrics;
    this.ids = ids;
    this.json = json;
  }

  /// What it writes to.
  @Component
  record Stores(
      RunStore runs,
      ExecutionStore executions,
      ValidationStore validations,
      RevisionStore revisions) {}

  /// A result that is not stored yet.
  ///
  /// @param audit whether it is looked at although it passed
  record Scored(ValidationResult result, String outcomeKey, boolean audit) {}

  /// Holds what came out against what was expected. Changes nothing.
  Scored score(TenantId tenant, Plans.Whole whole) {
    var observation = observation(whole.row());
    var expected = whole.expected(vars(whole.row()));
    var validator = new Validator(similarity, judges.getObject().of(tenant).orElse(null));
    var result = validator.validate(expected, observation, whole.rules());
    var key =
        OutcomeKey.of(
            new OutcomeKey.Place(
                whole.row().test().id(),
                whole.row().test().version(),
                whole.row().language(),
                whole.row().row()),
            observation);
    boolean audit = result.passed() && random.nextDouble() < whole.reviewRules().auditShare();
    return new Scored(result, key, audit);
  }

  private Map<String, @Nullable Object> vars(ExecutionStore.Row row) {
    var stored = row.resultJson();
    var vars = stored == null ? null : json.readTree(stored).path("vars");
    return vars == null || !vars.isObject() ? Map.of() : json.convertValue(vars, PLAIN);
  }

  private Observation observation(ExecutionStore.Row row) {
    var stored = row.resultJson();
    if (!row.status().ended() || stored == null) {
      throw new RunProblem.NothingObserved(row.id());
    }
    var node = json.readTree(stored).path("observation");
    if (!node.isObject()) {
      throw new RunProblem.NothingObserved(row.id());
    }
    var latency = node.path("latencyMs");
    return new Observation(
        node.path("transcript").asString(null),
        node.path("intent").asString(null),
        node.path("entities").isObject()
            ? json.convertValue(node.path("entities"), PLAIN)
            : Map.of(),
        node.path("reply").asString(null),
        latency.isNumber() ? Duration.ofMillis(latency.asLong()) : null,
        json.treeToValue(node.path("body"), Object.class));
  }

  /// Stores a validation with all that follows from it: the outcome, the question to a person, the
  /// revision of a run that has ended.
  ///
  /// @return its id
  UUID store(Tx tx, Plans.Whole whole, Scored scored, String who) {
    var row = whole.row();
    // Reviews before the run, as whoever decides locks them.
    if (row.validation() != null) {
      reviews.getObject().withdraw(tx, row.tenant(), List.of(row.validation()));
    }
    var status = stores.runs().status(row.run());
    boolean over = !status.equals("running");
    // Nobody is asked about a run that nobody wants any more.
    boolean people = (!scored.result().passed() || scored.audit()) && !status.equals("cancelled");
    var id = ids.next();
    double waited = row.sinceEnd() == null ? 0 : row.sinceEnd();
    stores
        .validations()
        .insert(
            row.tenant(),
            new ValidationStore.New(
                id,
                row.id(),
                row.run(),
                scored.result(),
                expected(whole),
                scored.outcomeKey(),
                scored.audit(),
                waited));
    judge(tx, whole, scored, new Revising(id, people, over ? who : null));
    if (people) {
      var review = reviews.getObject().ask(tx, row.tenant(), question(whole, scored, id));
      stores.validations().reviewed(id, review);
    }
    metrics.validated(scored.result(), waited);
    return id;
  }

  /// A validation that takes effect.
  ///
  /// @param people whether a person is asked
  /// @param by null: the run goes on, so that there is no result to revise
  private record Revising(UUID validation, boolean people, @Nullable String by) {}

  private void judge(Tx tx, Plans.Whole whole, Scored scored, Revising revising) {
    var row = whole.row();
    var revisedBy = revising.by();
    var judged = Judged.by(scored.result().status(), row.attempts());
    var reason = reason(scored.result());
    var judgement =
        new ExecutionStore.Judgement(
            judged.outcome(),
            reason,
            "done",
            judged.reviewPending() && revising.people(),
            revising.validation());
    var before = stores.executions().judge(row.id(), judgement);
    if (before.isEmpty()) {
      throw new RunProblem.NothingObserved(row.id());
    }
    var to = judged.outcome() == null ? null : judged.outcome().sql();
    if (revisedBy != null) {
      stores
          .revisions()
          .add(
              new RevisionStore.New(
                  ids.next(),
                  row.run(),
                  "validated",
                  row.id(),
                  before.get().isEmpty() ? null : before.get(),
                  to,
                  revisedBy,
                  reason));
    }
    metrics.decided("validation", judged.outcome());
    announce(tx, row, scored.result(), new Told(to, revising.validation(), revisedBy != null));
  }

  /// @param afterTheEnd whether the run had ended before, so that its result was revised
  private record Told(@Nullable String outcome, UUID validation, boolean afterTheEnd) {}

  private void announce(Tx tx, ExecutionStore.Row row, ValidationResult result, Told told) {
    var payload = new LinkedHashMap<String, Object>();
    payload.put("executionId", row.id());
    payload.put("validationId", told.validation());
    payload.put("testCaseId", row.test().id());
    payload.put("testCaseName", row.test().name());
    payload.put("languageCode", row.language());
    payload.put("row", row.row());
    payload.put("status", row.status().sql());
    payload.put("reviewStatus", result.status().sql());
    payload.put("confidenceScore", result.confidence().movePointRight(2));
    payload.put("afterTheEnd", told.afterTheEnd());
    if (told.outcome() != null) {
      payload.put("outcome", told.outcome());
    }
    announcements.tell(tx, row.tenant(), row.run(), "test.execution.validated", payload);
  }

  /// The first thing that speaks against it, or how sure one is.
  private static String reason(ValidationResult result) {
    return result.gates().isEmpty()
        ? "confidence " + result.confidence().movePointRight(2).toPlainString() + " %"
        : result.gates().getFirst().reason();
  }

  private Map<String, @Nullable Object> expected(Plans.Whole whole) {
    var expected = whole.expected(vars(whole.row()));
    var out = new LinkedHashMap<String, @Nullable Object>();
    out.put("utterance", expected.utterance());
    out.put("intent", expected.intent());
    out.put("entities", expected.entities());
    out.put("optional", expected.optional());
    out.put("replies", expected.replies());
    out.put("required", expected.checks().required());
    out.put("forbidden", expected.checks().forbidden());
    out.put("patterns", expected.checks().patterns());
    out.put("rubric", expected.checks().rubric());
    return out;
  }

  private ReviewRequest question(Plans.Whole whole, Scored scored, UUID validation) {
    var row = whole.row();
    var status = scored.result().status();
    var rules = whole.reviewRules();
    var request =
        new ReviewRequest(
            VerdictsOnValidations.SOURCE,
            validation,
            whole.run().name(),
            row.test().name(),
            row.language(),
            new ReviewRequest.Needs(
                whole.plan().test().people().nativeSpeaker(),
                Set.copyOf(whole.plan().test().people().skills())),
            Judged.priority(status),
            scored.result().confidence().movePointRight(2),
            payload(whole, scored.result(), validation),
            status != ReviewStatus.AUTO_PASS && rules.reuseVerdicts() ? scored.outcomeKey() : null);
    return request.with(new ReviewRequest.Opinions(rules.opinions(), rules.share()));
  }

  /// What a reviewer has to see.
  private Map<String, @Nullable Object> payload(
      Plans.Whole whole, ValidationResult result, UUID validation) {
    var row = whole.row();
    var out = new LinkedHashMap<String, @Nullable Object>();
    out.put("reviewStatus", result.status().sql());
    out.put("testRunId", row.run());
    out.put("executionId", row.id());
    out.put("validationId", validation);
    out.put("testCaseId", row.test().id());
    out.put("testCaseVersion", row.test().version());
    out.put("testCaseName", row.test().name());
    out.put("languageCode", row.language());
    out.put("data", row.data());
    out.put("expected", expected(whole));
    out.put(
        "observed",
        json.readTree(row.resultJson() == null ? "{}" : row.resultJson()).path("observation"));
    out.put("parts", result.parts());
    out.put("checks", result.checks());
    out.put("gates", result.gates());
    out.put("wordErrorRate", result.wordErrorRate());
    return out;
  }
}
