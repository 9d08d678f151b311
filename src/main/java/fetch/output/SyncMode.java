package fetch.output;

/** How often written data is forced to disk, besides at the end of the run. */
public enum SyncMode {
  /** Never, not even at the end. */
  NEVER("never"),
  /** Every second in which something was written. */
  EACH_SECOND("1s"),
  /** With each block of records. */
  ALWAYS("always");

  private final String label;

  SyncMode(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
