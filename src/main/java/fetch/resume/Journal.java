package fetch.resume;

import fetch.file.FileSeries;
import fetch.input.CompletedEntries;
import fetch.input.RecordedOutcome;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.OutputFormat;
import fetch.output.ResultFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads existing results to find out which entries are done. Changes no file before {@code goOn}.
 * For one thread.
 */
public final class Journal {
  private final ResultFiles files;
  private final ResumeMode mode;
  private final boolean ordered;
  private final boolean getForHead;
  private final byte[] header;
  private final RecordLayout layout;
  private final EntryFingerprints fingerprints;
  private final RecordedPositions positions = new RecordedPositions();
  private final RecordedFingerprints texts = new RecordedFingerprints();

  /** Null unless duplicates may need the outcomes. */
  private final @Nullable RecordedOutcomes outcomes;

  private final List<Part> parts = new ArrayList<>();
  private long torn;
  private long failed;

  private Journal(
      ResultFiles files,
      OutputFormat format,
      @Nullable List<? extends Column> fields,
      String method,
      ResumeMode mode,
      boolean ordered,
      boolean getForHead) {
    this.files = files;
    this.mode = mode;
    this.ordered = ordered;
    this.getForHead = getForHead;
    this.header = format.header(fields);
    this.layout = RecordLayout.of(format, fields);
    this.outcomes =
        fields != null && fields.contains(Field.DUPLICATE_OF) ? new RecordedOutcomes() : null;
    this.fingerprints = new EntryFingerprints(format, fields, method, getForHead);
  }

  /**
   * Reads the existing results.
   *
   * @param fields null for the default
   * @param method the default request method
   * @param ordered whether the records must be in input order
   * @param getForHead whether GET may stand in for HEAD in records
   */
  public static Journal read(
      ResultFiles files,
      OutputFormat format,
      @Nullable List<? extends Column> fields,
      String method,
      ResumeMode mode,
      boolean ordered,
      boolean getForHead)
      throws IOException {
    Journal journal = new Journal(files, format, fields, method, mode, ordered, getForHead);
    journal.readAll();
    return journal;
  }

  private void readAll() throws IOException {
    List<Path> paths = files.existing();
    for (Path path : paths) {
      checkThatNothingIsTorn(path);
      parts.add(readPart(path));
    }
    positions.pack();
    texts.pack();
    if (outcomes != null && mode == ResumeMode.MATCH_INPUT) {
      texts.keepOutcomes();
      visitAll(false, this::addOutcome);
    }
    if (ordered && !positions.ascending()) {
      throw new IOException(
          paths.getFirst() + ": the records are not in input order; resume without --ordered");
    }
  }

  /**
   * Only the last file may end in a torn record; the others were completed before the next was
   * begun.
   */
  private void checkThatNothingIsTorn(Path next) throws IOException {
    if (torn > 0) {
      throw new IOException(
          parts.getLast().path()
              + " is damaged: it ends within a record, at byte "
              + parts.getLast().end()
              + ", but "
              + next
              + " comes after it");
    }
  }

  private Part readPart(Path path) throws IOException {
    long failedBefore = failed;
    try (FileSeries.Reading reading = files.read(parts.size())) {
      long end = visit(reading.channel(), path, (found, _, _) -> add(found, path));
      torn = reading.channel().size() - end;
      return new Part(path, end, failed > failedBefore);
    }
  }

  /**
   * A file of results.
   *
   * @param end the end of its last whole record
   * @param fails whether it has records of failed entries
   */
  private record Part(Path path, long end, boolean fails) {}

  /** Takes a record, its start and its end. */
  private interface Visitor {
    void visit(ParsedRecord found, long start, long end) throws IOException;
  }

  /** Visits all records of a file; returns the end of the last. */
  private long visit(FileChannel channel, Path path, Visitor visitor) throws IOException {
    return visit(channel, path, false, visitor);
  }

  private long visit(FileChannel channel, Path path, boolean texts, Visitor visitor)
      throws IOException {
    RecordReader reader = new RecordReader(path, channel, header, layout);
    ParsedRecord found = new ParsedRecord(getForHead);
    if (texts) {
      found.keepTexts();
    }
    boolean more = reader.begin();
    long start = reader.position();
    while (more && reader.next(found)) {
      visitor.visit(found, start, reader.position());
      start = reader.position();
    }
    return reader.position();
  }

  private void addOutcome(ParsedRecord found, long start, long end) {
    if (found.hasOutcome()) {
      long first = found.duplicateOf < 0 ? found.urlnum : found.duplicateOf;
      texts.add(
          found.fingerprint(), new RecordedOutcome(first, (int) found.status, found.failure()));
    }
  }

  private void add(ParsedRecord found, Path path) throws IOException {
    failed += found.ok ? 0 : 1;
    if (mode == ResumeMode.MATCH_INPUT) {
      texts.add(found.fingerprint());
      return;
    }
    if (mode == ResumeMode.RETRY_FAILED && !found.ok) {
      return;
    }
    if (found.urlnum > RecordedPositions.GREATEST) {
      throw new IOException(
          path + ": position " + found.urlnum + " is beyond " + RecordedPositions.GREATEST);
    }
    if (!positions.add(found.urlnum, found.fingerprint())) {
      throw new IOException(path + ": entry " + found.urlnum + " has two records");
    }
    if (outcomes != null && found.duplicateOf < 0 && found.hasOutcome()) {
      outcomes.add(found.urlnum, (int) found.status, found.failure());
    }
  }

  /** The number of records. */
  public long records() {
    return kept() + (mode == ResumeMode.RETRY_FAILED ? failed : 0);
  }

  /** The number of records of failed entries. */
  public long failed() {
    return failed;
  }

  /** The number of records that are kept. */
  public long kept() {
    return mode == ResumeMode.MATCH_INPUT ? texts.count() : positions.count();
  }

  /** The number of kept records of failed entries. */
  public long keptOfFailed() {
    return mode == ResumeMode.RETRY_FAILED ? 0 : failed;
  }

  /** The number of bytes of a torn record at the end. */
  public long torn() {
    return torn;
  }

  /** The last position with a record; -1 if positions are not used. */
  public long last() {
    return positions.last();
  }

  /** The completed entries, for a list read from its beginning. */
  public CompletedEntries earlier() {
    return mode == ResumeMode.MATCH_INPUT
        ? texts.earlier(fingerprints)
        : new ListChangeDetector(
            files.existing().getFirst(), positions, outcomes, ordered, fingerprints, this::entries);
  }

  private Map<Long, List<String>> entries(long from, long to) throws IOException {
    Map<Long, List<String>> entries = new HashMap<>();
    visitAll(
        true,
        (found, _, _) -> {
          if (found.urlnum >= from && found.urlnum <= to && !isReplaced(found)) {
            entries.put(found.urlnum, found.texts());
          }
        });
    return entries;
  }

  private void visitAll(boolean withTexts, Visitor visitor) throws IOException {
    for (int at = 0; at < parts.size(); at++) {
      try (FileSeries.Reading reading = files.read(at)) {
        visit(reading.channel(), parts.get(at).path(), withTexts, visitor);
      }
    }
  }

  private boolean isReplaced(ParsedRecord found) {
    return mode == ResumeMode.RETRY_FAILED && !found.ok;
  }

  /** Drops the torn record and the records to be replaced. New records may follow. */
  public void tidy() throws IOException {
    for (int at = 0; at < parts.size(); at++) {
      Part part = parts.get(at);
      if (mode == ResumeMode.RETRY_FAILED && part.fails()) {
        files.rewrite(at, (from, to) -> copyKept(part, from, to));
      } else if (at == parts.size() - 1) {
        files.cut(part.end());
      }
    }
  }

  private void copyKept(Part part, FileChannel from, FileChannel to) throws IOException {
    long[] kept = {0};
    visit(
        from,
        part.path(),
        (found, start, end) -> {
          if (isReplaced(found)) {
            copy(from, kept[0], start, to);
            kept[0] = end;
          }
        });
    copy(from, kept[0], part.end(), to);
  }

  private static void copy(FileChannel from, long start, long end, FileChannel to)
      throws IOException {
    long at = start;
    while (at < end) {
      at += from.transferTo(at, end - at, to);
    }
  }
}
