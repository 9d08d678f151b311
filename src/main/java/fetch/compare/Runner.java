package fetch.compare;

import java.io.IOException;

/** Runs a setting. */
public interface Runner {
  /**
   * Runs a setting once, to its end.
   *
   * @throws IOException if it cannot be started
   */
  Trial.Outcome run(Setting setting) throws IOException, InterruptedException;

  /** Ends the current run, and any later one, at once. For any thread. */
  void stop();
}
