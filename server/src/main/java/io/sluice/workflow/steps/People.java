package io.sluice.workflow.steps;

/// The people who answer to steps.
public interface People {
  /// There are none: answers come by signals only.
  People NONE =
      new People() {
        @Override
        public void ask(StepCall call, Question question) {}

        @Override
        public boolean close(StepCall call) {
          return false;
        }
      };

  /// Puts a question into their queue, unless its answer has come before it. Called again by each
  /// run of the job; asks once.
  void ask(StepCall call, Question question);

  /// Takes the question of a step out of the queue. Called again by each run of the job.
  ///
  /// @return true: an answer was quicker, and its signal is there
  boolean close(StepCall call);
}
