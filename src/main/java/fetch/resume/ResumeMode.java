package fetch.resume;

import java.util.Locale;

/** Says how a run uses existing records. */
public enum ResumeMode {
  /** A record completes the entry at its position. */
  CONTINUE,
  /** A record completes an entry with the same text, at any position. */
  MATCH_INPUT,
  /** As {@link #CONTINUE}, but failed entries are fetched again and their records replaced. */
  RETRY_FAILED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
