package fetch.output;

import fetch.FetchResult;

/** Writes a result as a record on one line. For many threads. */
interface RecordFormat {
  /** What stands before the first record; nothing by default. */
  default void begin(ByteBuilder out) {}

  void encode(FetchResult result, ByteBuilder out);
}
