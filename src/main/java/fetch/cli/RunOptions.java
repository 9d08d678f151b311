package fetch.cli;

import fetch.engine.Settings;
import java.util.List;

/**
 * The options of a run beside the {@link Settings} of the engine.
 *
 * @param settings of the engine
 * @param output which records are printed, and where
 * @param durability how records outlast the run
 * @param bodies what becomes of bodies
 * @param warc what is archived
 * @param reporting what is printed of the run as a whole
 * @param end when the run ends, and what makes it fail
 */
record RunOptions(
    Settings settings,
    OutputOptions output,
    DurabilityOptions durability,
    BodyOptions bodies,
    WarcOptions warc,
    ReportingOptions reporting,
    End end) {

  /**
   * When a run ends, and what makes it fail.
   *
   * @param limits of the run as a whole
   * @param success what counts as failure
   * @param given all options as given
   */
  record End(LimitOptions limits, SuccessOptions success, List<PassedOption> given) {}

  String method() {
    return settings.request().method();
  }

  boolean isAccepted(int status) {
    return settings.accepted().contains(status);
  }

  boolean obeysRobots() {
    return settings.politeness().robots() != null;
  }

  /** Whether bodies are hashed without {@code --hash}: to compare runs. HEAD has none. */
  boolean hashesBodies() {
    return output.since() != null && !method().equals("HEAD");
  }

  String warcInformation() {
    return WarcOptions.information(obeysRobots(), end.given());
  }
}
