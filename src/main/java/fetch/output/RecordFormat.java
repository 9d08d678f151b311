package fetch.output;

import fetch.FetchResult;

/** Formats a result as a record on one line. Safe for many threads. */
interface RecordFormat {
  /** Appends the header; none by default. */
  default void begin(ByteBuilder out) {}

  void encode(FetchResult result, ByteBuilder out);
}
