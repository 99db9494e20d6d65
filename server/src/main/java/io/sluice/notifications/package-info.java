/// Notifications: people are told of what went wrong, and once.
///
/// ## Words
///
/// - A **channel** is a place where somebody wants to be told: a Slack-compatible webhook, e-mail
///   addresses, or a webhook of any kind. It says on which **occasions**, and of what.
/// - A suite may name **recipients** itself; they are told of its runs, like a channel is.
/// - A **notification** is one message to one recipient about one **subject**: a run, what
///   validation failed within an hour when its run had ended already, an episode of the human
///   queue.
/// - An **alarm** is a threshold of the human queue that is crossed now; an **episode** goes from
///   there until it is well below.
///
/// ## One message, not a thousand
///
/// What fails in a run is told in the run's one message, when it has ended; who wants to hear of
/// more than one occasion of a run hears of it once all the same. The pair of recipient and subject
/// is unique in the database.
///
/// The queue is looked at once a minute. A threshold that is crossed is told once; then again only
/// when the queue was at less than four fifths of it, which is told too. So a queue that swings
/// about its threshold tells nothing new.
///
/// ## How it goes
///
/// The **follower** turns ends of runs into notifications, each with a job, in the transaction that
/// moves its place among the events: every node may follow, each run is told once. The job,
/// `notification.send`, makes one attempt a run. What fails is tried again by the engine; what a
/// receiver refuses for good is a dead letter at once.
///
/// ```
///  pending ---> sent          the receiver took it
///     |-------> failed        all attempts failed, or it was refused for good
///     +-------> discarded     the channel was disabled before
/// ```
///
/// A redriven dead letter is sent all the same.
///
/// ## What happens at each failure
///
/// - *The process dies before an attempt is recorded*: it is made again, under the same message id
///   (`webhook-id`, `Message-ID`). Slack knows no such thing, and shows the message twice.
/// - *The process dies in the follower*: nothing has happened, or all of it.
/// - *A breaker is open, a rate is used up, the master key is another one*: the job parks, and
///   spends nothing.
/// - *A secret is missing*: the notification says so, and the job is a dead letter.
///
/// Addresses and secrets are stored sealed; whatever may be a credential is never shown.
@org.springframework.modulith.ApplicationModule(
    displayName = "Notifications",
    allowedDependencies = {
      "events",
      "expression",
      "guard",
      "platform",
      "review",
      "testing",
      "testing :: runs",
      "webhooks"
    })
@NullMarked
package io.sluice.notifications;

import org.jspecify.annotations.NullMarked;
