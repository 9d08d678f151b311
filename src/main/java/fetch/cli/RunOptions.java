package fetch.cli;

import fetch.cli.options.BodyOptions;
import fetch.cli.options.CookieOptions;
import fetch.cli.options.DurabilityOptions;
import fetch.cli.options.LimitOptions;
import fetch.cli.options.OptionGroup;
import fetch.cli.options.OutputOptions;
import fetch.cli.options.PassedOption;
import fetch.cli.options.ReportingOptions;
import fetch.cli.options.SuccessOptions;
import fetch.cli.options.WarcOptions;
import fetch.engine.Settings;
import java.util.List;

/**
 * The options of a run beside the {@link Settings} of the engine.
 *
 * @param settings of the engine
 * @param output which records are printed, and where
 * @param durability how records outlast the run
 * @param kept what is kept of responses besides records
 * @param reporting progress, metrics and summary
 * @param end when the run ends, and what makes it fail
 */
record RunOptions(
    Settings settings,
    OutputOptions output,
    DurabilityOptions durability,
    Kept kept,
    ReportingOptions reporting,
    End end) {

  /**
   * Options about what is kept of responses besides records.
   *
   * @param bodies how bodies are saved and hashed
   * @param warc what is archived
   * @param cookies which cookies are kept
   */
  record Kept(BodyOptions bodies, WarcOptions warc, CookieOptions cookies) {}

  BodyOptions bodies() {
    return kept.bodies();
  }

  WarcOptions warc() {
    return kept.warc();
  }

  CookieOptions cookies() {
    return kept.cookies();
  }

  /**
   * Options about the end of a run.
   *
   * @param limits of the run as a whole
   * @param success which entries count as failures
   * @param groups all options
   */
  record End(LimitOptions limits, SuccessOptions success, List<OptionGroup> groups) {}

  String method() {
    return settings.request().method();
  }

  boolean isAccepted(int status) {
    return settings.accepted().contains(status);
  }

  boolean obeysRobots() {
    return settings.politeness().robots() != null;
  }

  /**
   * Whether bodies are hashed without {@code --hash}, to compare runs. Responses to HEAD have none.
   */
  boolean hashesBodies() {
    return output.since() != null && !method().equals("HEAD");
  }

  /** What the archive says about the run. */
  String warcInformation() {
    return WarcOptions.information(Version.line(), obeysRobots(), PassedOption.of(end.groups()));
  }
}
