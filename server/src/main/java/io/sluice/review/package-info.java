/// Review: what could not be decided by a machine waits here for a person who speaks the language.
///
/// ## Words
///
/// - A **review item** is something to decide: `pending`, then `claimed`, then `completed`; or
///   `withdrawn`, because what it was about is gone. Lower priority numbers are more urgent, 1 to
///   10.
/// - A **reviewer** has languages (native or fluent) and skills. A **claim** gives a reviewer the
///   most urgent, then oldest item that they may take; it runs out after a while, and the item goes
///   back.
/// - A **decision** is one reviewer's: `pass`, `fail` or `edge_case`, with a note and corrected
///   labels. It can be undone within a minute. The **verdict** is the item's: that of the only
///   decision, or of the majority where several opinions were asked for: by who asks, by a rule of
///   the queue, whichever wants more.
/// - A **precedent** is a verdict that holds for identical outcomes: an item whose outcome key has
///   one is completed as it comes, and says so. Precedents can be revoked.
/// - A **control** is an item with a known answer that nobody can tell from others; what is decided
///   of it has no effect but on what is known of the reviewer.
///
/// ## Who decides what
///
/// PostgreSQL has the truth. A claim is one statement, so that two reviewers never get the same
/// item. Who asked for a review is told of its verdict in the same transaction, through
/// [VerdictListener]; who else has a say in who may claim implements [Eligibility].
///
/// ## What happens at each failure
///
/// - *A reviewer goes away*: the claim runs out, and the item is offered to the next. A decision
///   that comes later than that counts only as long as nobody has asked for work meanwhile.
/// - *A verdict that was acted on is to be undone*: whoever acted on it refuses, and it stands.
/// - *What it is about goes away*: the item is withdrawn, also from whoever has claimed it; who
///   decides it nevertheless is told. Items are locked before what they are about.
/// - *A listener fails*: the decision is rolled back with it, and the reviewer is told.
@org.springframework.modulith.ApplicationModule(
    displayName = "Review",
    allowedDependencies = {"platform"})
@NullMarked
package io.sluice.review;

import org.jspecify.annotations.NullMarked;
