package fetch.frontier;

/** What is being done with a limit of requests in flight. */
enum WorkersState {
  /** Measures the first limit. */
  STARTING,
  /** Keeps the limit. */
  HOLDING,
  /** Tries more, at most twice as many. */
  TRYING_MORE,
  /** Tries half as many. */
  TRYING_FEWER
}
