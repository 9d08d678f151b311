package fetch.compare;

/** Reports the progress of a comparison, on its thread. */
public interface Progress {
  /** The warm-up begins. */
  void warmingUp(Setting setting);

  /**
   * A run begins.
   *
   * @param number from 1
   * @param total the number of runs
   */
  void begins(int number, int total, Setting setting);

  /** A run has ended. */
  void ended(Trial trial);

  /** The comparison ends. */
  void over();
}
