package fetch.compare;

/** Told how far a comparison is, on the thread that makes it. */
public interface Progress {
  /** The run that is not counted begins. */
  void warmingUp(Setting setting);

  /**
   * A run begins.
   *
   * @param number from 1
   * @param total how many there will be
   */
  void begins(int number, int total, Setting setting);

  /** A run has ended. */
  void ended(Trial trial);

  /** All is over. */
  void over();
}
