package fetch.compare;

import java.io.IOException;

/** Runs a setting once. */
public interface Runner {
  /**
   * Runs it to its end.
   *
   * @throws IOException if it cannot be run at all
   */
  Trial.Outcome run(Setting setting) throws IOException, InterruptedException;

  /** Ends the run under way, and any that begins later, at once. Called from any thread. */
  void stop();
}
