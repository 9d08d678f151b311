package fetch.output;

import org.jspecify.annotations.Nullable;

/** Receives the value of a field, of any type. */
public interface ValueWriter {
  void text(@Nullable String value);

  void number(long value);

  /** Takes JSON (RFC 8259) on one line. */
  void json(@Nullable String value);

  void flag(boolean value);

  /** Takes a time in nanoseconds; it is written in seconds with six decimals. */
  void seconds(long nanos);
}
