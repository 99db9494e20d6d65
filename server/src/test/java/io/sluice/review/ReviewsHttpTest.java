package io.sluice.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.platform.SpringTx;
import io.sluice.testing.Calls;
import io.sluice.testing.SharedServer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import tools.jackson.databind.JsonNode;

/// The human queue through HTTP; what asks for reviews is played by the test.
class ReviewsHttpTest {
  private static final Calls HTTP = SharedServer.calls();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /// Hears of every verdict of its source.
  private static final class Ear implements VerdictListener {
    private final String source;
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final List<String> labels = Collections.synchronizedList(new ArrayList<>());

    Ear(String source) {
      this.source = source;
    }

    @Override
    public String source() {
      return source;
    }

    @Override
    public void decided(Tx tx, Decided decided) {
      heard.add(decided.subject() + " " + decided.verdict().sql());
      labels.add(String.valueOf(decided.labelsJson()));
    }

    @Override
    public void undone(Tx tx, Decided decided) {
      heard.add(decided.subject() + " undone");
    }
  }

  private final String source = "test-" + NUMBER.incrementAndGet();
  private final String language = languageOfItsOwn();
  private final Ear ear = new Ear(source);
  private final Reviews reviews = SharedServer.context().getBean(Reviews.class);

  /// Each test has a language to itself, so that it sees only its own items.
  private static String languageOfItsOwn() {
    int n = NUMBER.incrementAndGet();
    return "x" + (char) ('a' + n / 26) + (char) ('a' + n % 26);
  }

  @BeforeEach
  void listen() {
    var beans = (DefaultListableBeanFactory) SharedServer.context().getAutowireCapableBeanFactory();
    beans.registerSingleton("ear-" + source, ear);
  }

  private UUID ask(int priority, String key, Map<String, Object> payload) {
    return ask(UUID.randomUUID(), priority, key, new ReviewRequest.Needs(false, Set.of()), payload);
  }

  private UUID ask(
      UUID subject,
      int priority,
      String key,
      ReviewRequest.Needs needs,
      Map<String, Object> payload) {
    var request =
        new ReviewRequest(
            source,
            subject,
            source,
            "Turn on the light",
            language + "-MX",
            needs,
            priority,
            new BigDecimal("55.00"),
            payload,
            key);
    return SharedServer.context()
        .getBean(SpringTx.class)
        .in(tx -> reviews.ask(tx, TenantId.DEFAULT, request));
  }

  private UUID ask(int priority) {
    return ask(priority, null, Map.of("reviewStatus", "needs_review"));
  }

  private String reviewer(String name, boolean isNative, String... skills) {
    var tags = "[\"" + language + "\"]";
    var body =
        """
        {"name": "%s %s", "nativeLanguages": %s, "fluentLanguages": %s, "skills": ["%s"]}\
        """
            .formatted(
                name,
                source,
                isNative ? tags : "[]",
                isNative ? "[]" : tags,
                String.join("\",\"", skills));
    return HTTP.post("/api/v1/reviewers", body.replace("[\"\"]", "[]"))
        .json(201)
        .get("reviewerId")
        .asString();
  }

  private static String who(String reviewer) {
    return "{\"reviewerId\": \"" + reviewer + "\"}";
  }

  private static JsonNode claim(String reviewer) {
    return HTTP.post("/api/v1/reviews/claim", who(reviewer)).json(200);
  }

  private static JsonNode decide(String reviewer, String review, String verdict) {
    return HTTP.post(
            "/api/v1/reviews/" + review + "/decide",
            """
            {"reviewerId": "%s", "verdict": "%s", "note": "seen", "labels": {"intent": "x"}}\
            """
                .formatted(reviewer, verdict))
        .json(200);
  }

  private static String id(JsonNode review) {
    return review.get("reviewId").asString();
  }

  @Test
  void theMostUrgentThenTheOldestIsClaimedFirst() {
    var normal = ask(5);
    var urgent = ask(2);
    var second = ask(2);
    var ada = reviewer("Ada", true);
    assertThat(List.of(id(claim(ada)), id(claim(ada)), id(claim(ada))))
        .containsExactly(urgent.toString(), second.toString(), normal.toString());
    assertThat(HTTP.post("/api/v1/reviews/claim", who(ada)).status()).isEqualTo(204);
  }

  @Test
  void onlyThoseWhoSpeakTheLanguageAndHaveTheSkillsMayClaim() {
    var nativeOnly =
        ask(UUID.randomUUID(), 5, null, new ReviewRequest.Needs(true, Set.of("medical")), Map.of());
    var fluent = reviewer("Fluent", false, "medical");
    var unskilled = reviewer("Unskilled", true);
    var fit = reviewer("Fit", true, "medical", "legal");
    for (var other : List.of(fluent, unskilled)) {
      assertThat(HTTP.post("/api/v1/reviews/claim", who(other)).status()).isEqualTo(204);
      HTTP.post("/api/v1/reviews/" + nativeOnly + "/claim", who(other))
          .problem(409, "NOT_ELIGIBLE");
    }
    assertThat(id(claim(fit))).isEqualTo(nativeOnly.toString());
    HTTP.post("/api/v1/reviews/" + nativeOnly + "/claim", who(reviewer("Late", true, "medical")))
        .problem(409, "REVIEW_STATE");
  }

  @Test
  void manyReviewersNeverGetTheSameItem() throws Exception {
    for (int i = 0; i < 60; i++) {
      ask(5);
    }
    var claimed = Collections.synchronizedList(new ArrayList<String>());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Callable<Boolean>>();
      for (int i = 0; i < 12; i++) {
        var me = reviewer("R" + i, true);
        all.add(() -> {
          for (int n = 0; n < 5; n++) {
            claimed.add(id(claim(me)));
          }
          return true;
        });
      }
      for (var end : threads.invokeAll(all)) {
        assertThat(end.get()).isTrue();
      }
    }
    assertThat(claimed).hasSize(60);
    assertThat(new HashSet<>(claimed)).hasSize(60);
  }

  @Test
  void theLabelsOfWhoeverWasOutvotedAreNotTheVerdicts() {
    HTTP.send(
            "PUT",
            "/api/v1/reviews/rules",
            java.net.http.HttpRequest.BodyPublishers.ofString(
                "{\"group\": \"" + source + "\", \"share\": 1, \"opinions\": 3}"),
            Map.of("Content-Type", "application/json"))
        .json(200);
    var review = ask(5).toString();
    for (var verdict : List.of("pass", "pass", "fail")) {
      var who = reviewer(verdict + UUID.randomUUID(), true);
      HTTP.post("/api/v1/reviews/" + review + "/claim", who(who)).json(200);
      HTTP.post(
              "/api/v1/reviews/" + review + "/decide",
              """
              {"reviewerId": "%1$s", "verdict": "%2$s", "labels": {"said": "%2$s"}}\
              """
                  .formatted(who, verdict))
          .json(200);
    }
    assertThat(ear.heard).hasSize(1);
    assertThat(ear.heard.getFirst()).endsWith("pass");
    assertThat(ear.labels.getFirst()).contains("pass").doesNotContain("fail");
  }

  @Test
  void aVerdictIsToldWhereItWasAskedForAndCanBeUndoneForAMinute() {
    var subject = UUID.randomUUID();
    ask(subject, 5, null, ReviewRequest.Needs.LANGUAGE, Map.of());
    var ada = reviewer("Ada", true);
    var review = id(claim(ada));
    var decided = decide(ada, review, "fail");
    assertThat(decided.get("status").asString()).isEqualTo("completed");
    assertThat(decided.get("verdict").asString()).isEqualTo("fail");
    assertThat(ear.heard).containsExactly(subject + " fail");
    var shown = HTTP.get("/api/v1/reviews/" + review).json(200);
    assertThat(shown.get("decisions").get(0).get("note").asString()).isEqualTo("seen");
    var undone = HTTP.post("/api/v1/reviews/" + review + "/undo", who(ada)).json(200);
    assertThat(undone.get("status").asString()).isEqualTo("pending");
    assertThat(ear.heard).containsExactly(subject + " fail", subject + " undone");
    assertThat(id(claim(ada))).isEqualTo(review);
    decide(ada, review, "pass");
    assertThat(ear.heard).endsWith(subject + " pass");
    HTTP.post("/api/v1/reviews/" + review + "/undo", who(reviewer("Eve", true)))
        .problem(409, "REVIEW_STATE");
  }

  @Test
  void aClaimThatRanOutIsOfferedToTheNextAndTheLateDecisionRefused() throws Exception {
    var review = ask(5).toString();
    var slow = reviewer("Slow", true);
    claim(slow);
    try (var owner = SharedServer.database().connectAsOwner();
        var s = owner.createStatement()) {
      s.execute(
          "update sluice.review_item set claim_until = now() - interval '1 second' where review_id = '"
              + review
              + "'");
    }
    var quick = reviewer("Quick", true);
    assertThat(id(claim(quick))).isEqualTo(review);
    HTTP.post(
            "/api/v1/reviews/" + review + "/decide",
            "{\"reviewerId\": \"" + slow + "\", \"verdict\": \"pass\"}")
        .problem(409, "REVIEW_STATE");
    assertThat(decide(quick, review, "pass").get("verdict").asString()).isEqualTo("pass");
  }

  @Test
  void releasedItemsComeBackAndClaimsCanBeProlonged() {
    var review = ask(5).toString();
    var ada = reviewer("Ada", true);
    var until = claim(ada).get("claimUntil").asString();
    assertThat(
            HTTP.post("/api/v1/reviews/" + review + "/prolong", who(ada))
                .json(200)
                .get("claimUntil")
                .asString())
        .isGreaterThan(until);
    HTTP.post("/api/v1/reviews/" + review + "/release", who(ada)).json(200);
    HTTP.post("/api/v1/reviews/" + review + "/release", who(ada)).problem(409, "REVIEW_STATE");
    assertThat(id(claim(reviewer("Bob", true)))).isEqualTo(review);
  }

  @Test
  void secondOpinionsAreAskedForByRuleAndDisagreementNeedsAThird() {
    HTTP.send(
            "PUT",
            "/api/v1/reviews/rules",
            java.net.http.HttpRequest.BodyPublishers.ofString(
                "{\"group\": \"" + source + "\", \"share\": 1, \"opinions\": 2}"),
            Map.of("Content-Type", "application/json"))
        .json(200);
    var review = ask(5).toString();
    var reviewers = List.of(reviewer("A", true), reviewer("B", true), reviewer("C", true));
    claim(reviewers.get(0));
    assertThat(decide(reviewers.get(0), review, "pass").get("status").asString())
        .isEqualTo("pending");
    assertThat(HTTP.post("/api/v1/reviews/claim", who(reviewers.get(0))).status()).isEqualTo(204);
    claim(reviewers.get(1));
    assertThat(decide(reviewers.get(1), review, "fail").get("status").asString())
        .isEqualTo("pending");
    assertThat(ear.heard).isEmpty();
    claim(reviewers.get(2));
    var verdict = decide(reviewers.get(2), review, "fail");
    assertThat(verdict.get("verdict").asString()).isEqualTo("fail");
    assertThat(verdict.get("opinions").asInt()).isEqualTo(3);
    assertThat(ear.heard).hasSize(1);
    var stats = HTTP.get("/api/v1/reviews/stats").json(200);
    var pairs =
        stats
            .get("agreement")
            .valueStream()
            .filter(p -> p.get("language").asString().equals(language + "-MX"))
            .toList();
    assertThat(pairs).hasSize(3);
    var overruled =
        stats
            .get("reviewers")
            .valueStream()
            .filter(r -> r.get("reviewer").asString().equals(reviewers.get(0)))
            .findFirst()
            .orElseThrow();
    assertThat(overruled.get("overruled").asInt()).isEqualTo(1);
  }

  @Test
  void aVerdictHoldsForIdenticalOutcomesUntilItIsRevoked() {
    var key = "outcome-" + source;
    var first = ask(5, key, Map.of());
    var waiting = UUID.randomUUID();
    ask(waiting, 5, key, ReviewRequest.Needs.LANGUAGE, Map.of());
    var ada = reviewer("Ada", true);
    assertThat(id(claim(ada))).isEqualTo(first.toString());
    decide(ada, first.toString(), "pass");
    assertThat(ear.heard).hasSize(2).contains(waiting + " pass");
    var later = UUID.randomUUID();
    var reused = ask(later, 5, key, ReviewRequest.Needs.LANGUAGE, Map.of());
    var shown = HTTP.get("/api/v1/reviews/" + reused).json(200);
    assertThat(shown.get("status").asString()).isEqualTo("completed");
    assertThat(shown.get("reusedFrom").asString()).isEqualTo(first.toString());
    assertThat(ear.heard).contains(later + " pass");
    assertThat(
            HTTP.post("/api/v1/reviews/" + first + "/revoke", "{}")
                .json(200)
                .get("revoked")
                .asBoolean())
        .isTrue();
    var again = ask(5, key, Map.of());
    assertThat(HTTP.get("/api/v1/reviews/" + again).json(200).get("status").asString())
        .isEqualTo("pending");
  }

  @Test
  void undoingAVerdictUndoesItWhereItWasReused() {
    var key = "outcome-" + source;
    var first = ask(5, key, Map.of());
    var other = ask(5, key, Map.of());
    var ada = reviewer("Ada", true);
    claim(ada);
    decide(ada, first.toString(), "fail");
    HTTP.post("/api/v1/reviews/" + first + "/undo", who(ada)).json(200);
    for (var id : List.of(first, other)) {
      assertThat(HTTP.get("/api/v1/reviews/" + id).json(200).get("status").asString())
          .isEqualTo("pending");
    }
  }

  @Test
  void aControlMeasuresTheReviewerAndChangesNothingElse() {
    var like = ask(5).toString();
    var ada = reviewer("Ada", true);
    claim(ada);
    decide(ada, like, "pass");
    ear.heard.clear();
    var control =
        HTTP.post("/api/v1/reviews/" + like + "/control", "{\"answer\": \"fail\"}")
            .json(200)
            .get("reviewId")
            .asString();
    var bob = reviewer("Bob", true);
    var claimed = claim(bob);
    assertThat(id(claimed)).isEqualTo(control);
    assertThat(claimed.toString()).doesNotContain("control");
    decide(bob, control, "pass");
    assertThat(ear.heard).isEmpty();
    var stats =
        HTTP.get("/api/v1/reviews/stats")
            .json(200)
            .get("reviewers")
            .valueStream()
            .filter(r -> r.get("reviewer").asString().equals(bob))
            .findFirst()
            .orElseThrow();
    assertThat(stats.get("controls").asInt()).isEqualTo(1);
    assertThat(stats.get("controlsRight").asInt()).isZero();
  }

  @Test
  void verdictsTeachAboutConfidences() {
    for (int i = 0; i < 3; i++) {
      ask(5);
    }
    var ada = reviewer("Ada", true);
    for (var verdict : List.of("pass", "pass", "fail")) {
      decide(ada, id(claim(ada)), verdict);
    }
    var report =
        HTTP.get("/api/v1/reviews/calibration?group=" + source + "&errorRate=0.5").json(200);
    assertThat(report.get("items").asInt()).isEqualTo(3);
    assertThat(report.get("bands").get(5).get("right").get("count").asInt()).isEqualTo(2);
    assertThat(report.get("autoPass").get("threshold").asDouble()).isEqualTo(0.55);
  }

  @Test
  void badRequestsSayWhatToDo() {
    var ada = reviewer("Ada", true);
    HTTP.post("/api/v1/reviewers", "{\"name\": \" \"}").problem(400, "BAD_REVIEW");
    HTTP.post("/api/v1/reviewers", "{\"name\": \"x\", \"nativeLanguages\": [\"123\"]}")
        .problem(400, "BAD_REVIEW");
    HTTP.post("/api/v1/reviewers", "{\"name\": \"Ada " + source + "\"}").problem(409, "NAME_TAKEN");
    HTTP.post("/api/v1/reviews/claim", who(UUID.randomUUID().toString()))
        .problem(404, "UNKNOWN_REVIEWER");
    HTTP.get("/api/v1/reviews/" + UUID.randomUUID()).problem(404, "UNKNOWN_REVIEW");
    var review = ask(5).toString();
    HTTP.post(
            "/api/v1/reviews/" + review + "/decide",
            "{\"reviewerId\": \"" + ada + "\", \"verdict\": \"perhaps\"}")
        .problem(400, "BAD_PARAMETER");
    HTTP.post(
            "/api/v1/reviews/" + review + "/decide",
            "{\"reviewerId\": \"" + ada + "\", \"verdict\": \"pass\"}")
        .problem(409, "REVIEW_STATE");
    HTTP.get("/api/v1/reviews?status=pending&language=" + language + "-MX&limit=1").json(200);
  }
}
