package fetch.resume;

import java.util.Locale;

/** What a run makes of the records that are there. */
public enum ResumeMode {
  /** Each is that of the entry at its position, which is done. */
  CONTINUE,
  /** Each is that of an entry with the same text, wherever it is in the list now. */
  MATCH_INPUT,
  /** As {@link #CONTINUE}, but failed entries are fetched again and their records replaced. */
  RETRY_FAILED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
