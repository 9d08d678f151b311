package fetch.cli.options;

import fetch.body.BodySink;
import fetch.body.MatchingSink;
import fetch.body.TextRules;
import fetch.engine.Settings;
import fetch.frontier.StatusSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options that define success of a response and of the run. */
public final class SuccessOptions implements OptionGroup {
  private final OptionSpec accept =
      OptionGroup.option(
              "CODES",
              "Treat these status codes as ok. Default: " + Settings.DEFAULTS.accepted() + ".",
              "--accept")
          .type(StatusSet.class)
          .converters(Converters.of(StatusSet::parse))
          .defaultValue(Settings.DEFAULTS.accepted().toString())
          .build();

  private final OptionSpec match =
      rules(
          "Fail an ok response with the error match unless this RE2 regular expression matches in"
              + " the first megabyte of its decoded body. All must match if repeated.",
          "--match");
  private final OptionSpec noMatch =
      rules(
          "Fail an ok response with the error match if this expression matches there. Repeatable.",
          "--no-match");

  private static OptionSpec rules(String description, String name) {
    return OptionGroup.option("REGEX", description, name)
        .type(List.class)
        .auxiliaryTypes(Object.class)
        .converters(Converters.of(SuccessOptions::rule))
        .build();
  }

  /** Parses an expression; loads the library of regular expressions. */
  private static Object rule(String text) {
    return TextRules.Rule.parse(text);
  }

  private final OptionSpec failIf =
      OptionGroup.option(
              "N|N%",
              "Exit with code 1 when at least this number or percentage of entries"
                  + " failed. Default: 1.",
              "--fail-if")
          .type(FailIf.class)
          .converters(Converters.of(FailIf::parse))
          .defaultValue("1")
          .build();

  @Override
  public String heading() {
    return "Success";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(accept, match, noMatch, failIf);
  }

  public StatusSet accepted() {
    return accept.getValue();
  }

  /** The options that decide which responses are ok. */
  public List<OptionSpec> ofResponses() {
    return List.of(accept, match, noMatch);
  }

  /**
   * Rejects expressions for bodies if responses have none.
   *
   * @param method of the run
   */
  public void check(String method) throws UsageException {
    String given = match.getValue() != null ? "--match" : "--no-match";
    if (hasRules() && method.equals("HEAD")) {
      throw new UsageException(given + " needs bodies, and responses to HEAD have none");
    }
  }

  private boolean hasRules() {
    return match.getValue() != null || noMatch.getValue() != null;
  }

  /**
   * The sink for bodies; it matches them against the expressions.
   *
   * @param ok the statuses that count as success
   * @param savesFailed whether bodies of responses that are not ok are passed on
   * @param next null for none
   */
  public @Nullable BodySink matched(IntPredicate ok, boolean savesFailed, @Nullable BodySink next) {
    if (!hasRules()) {
      return next;
    }
    @Nullable List<TextRules.Rule> wanted = match.getValue();
    @Nullable List<TextRules.Rule> unwanted = noMatch.getValue();
    TextRules rules =
        new TextRules(wanted == null ? List.of() : wanted, unwanted == null ? List.of() : unwanted);
    return new MatchingSink(rules, ok, savesFailed, next);
  }

  public FailIf failIf() {
    return failIf.getValue();
  }
}
