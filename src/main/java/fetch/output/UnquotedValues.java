package fetch.output;

/** Writes the values that look the same in every format: numbers, flags and times. */
interface UnquotedValues extends ValueWriter {
  /** The decimals of a time in seconds. */
  int DECIMALS = 6;

  ByteBuilder out();

  @Override
  default void number(long value) {
    out().append(value);
  }

  @Override
  default void flag(boolean value) {
    out().append(value ? "true" : "false");
  }

  @Override
  default void seconds(long nanos) {
    out().appendSeconds(nanos, DECIMALS);
  }
}
