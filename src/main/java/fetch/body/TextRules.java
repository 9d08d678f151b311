package fetch.body;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks what the text of bodies must and must not contain. The expressions are matched by RE2,
 * which takes linear time whatever text a server sends. Safe for many threads.
 *
 * @param wanted expressions that must all match some part of the text
 * @param unwanted expressions of which none may
 */
public record TextRules(List<Rule> wanted, List<Rule> unwanted) {

  /** A regular expression. */
  public record Rule(Pattern pattern) {
    /** Throws an {@link IllegalArgumentException} with a sentence if the expression is invalid. */
    public static Rule parse(String text) {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("the regular expression is empty");
      }
      try {
        return new Rule(Pattern.compile(text));
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "'" + text + "' is not a regular expression of RE2: " + e.getDescription(), e);
      }
    }
  }

  /** Why a text does not pass, in one sentence; null if it does. */
  @Nullable String objection(String text) {
    for (Rule rule : wanted) {
      if (!rule.pattern().matcher(text).find()) {
        return "the body does not match " + rule.pattern();
      }
    }
    for (Rule rule : unwanted) {
      if (rule.pattern().matcher(text).find()) {
        return "the body matches " + rule.pattern();
      }
    }
    return null;
  }
}
