package fetch.warc;

/** The tools for encoding a record. Safe for many threads. */
record RecordTools(RecordIds identifiers, RecordDates dates, RecordCompressorPool compressors)
    implements AutoCloseable {
  /**
   * @param gzip whether to compress
   */
  static RecordTools create(boolean gzip) {
    return new RecordTools(new RecordIds(), new RecordDates(), new RecordCompressorPool(gzip));
  }

  @Override
  public void close() {
    compressors.close();
  }
}
