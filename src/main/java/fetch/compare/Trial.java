package fetch.compare;

/** Holds one run of a setting and its outcome. */
public record Trial(Setting setting, Outcome outcome) {
  /** How a run ended. */
  public sealed interface Outcome {}

  /**
   * The run finished, whether or not URLs failed.
   *
   * @param seconds from the start of the process to its end
   */
  public record Measured(double seconds, Figures figures) implements Outcome {}

  /**
   * The run did not finish, so it has no figures.
   *
   * @param exitCode of the process
   * @param reason in a few words
   */
  public record Failed(int exitCode, String reason) implements Outcome {}
}
