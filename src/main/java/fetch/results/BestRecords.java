package fetch.results;

import fetch.Meta;
import fetch.output.Field;
import fetch.results.RecordCursor.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one record of each position: of several, the last one that is ok, else the last one. Counts
 * the others. For one thread.
 */
final class BestRecords {
  private static final int MOST_SHOWN = 10;

  private final MergedRecords records;
  private final List<ResultsFile> files;
  private final MissingPositions gaps = new MissingPositions();
  private final List<String> doubles = new ArrayList<>();
  private @Nullable Item next;
  private long count;
  private long replaced;
  private long several;

  BestRecords(MergedRecords records, List<ResultsFile> files) throws IOException {
    this.records = records;
    this.files = files;
    this.next = records.next();
  }

  /** The next record; null at the end. */
  @Nullable Item next() throws IOException {
    Item record = next;
    if (record == null) {
      return null;
    }
    next = records.next();
    Item chosen = next != null && next.position() == record.position() ? best(record) : record;
    gaps.add(chosen.position());
    count++;
    return chosen;
  }

  /** The best of the records with the same position as the first one. */
  private Item best(Item first) throws IOException {
    Item chosen = first;
    Meta fields = fields(first);
    boolean ok = isOk(fields);
    int good = ok ? 1 : 0;
    for (Item other = next;
        other != null && other.position() == first.position();
        other = records.next(), next = other) {
      Meta others = fields(other);
      compare(first, fields, other, others);
      boolean otherOk = isOk(others);
      good += otherOk ? 1 : 0;
      if (otherOk || !ok) {
        chosen = other;
        ok = otherOk;
      }
    }
    if (good > 1) {
      several++;
      if (doubles.size() < MOST_SHOWN) {
        doubles.add(Long.toString(first.position()));
      }
    } else {
      replaced++;
    }
    return chosen;
  }

  private Meta fields(Item record) throws IOException {
    try {
      return files.get(record.file()).fields(record.text());
    } catch (IOException e) {
      throw new IOException(place(record) + " is not a record of fetch: " + e.getMessage(), e);
    }
  }

  private String place(Item record) {
    return "entry " + record.position() + " of " + files.get(record.file()).path();
  }

  private static boolean isOk(Meta fields) {
    String ok = text(fields, Field.OK);
    return ok == null ? text(fields, Field.ERROR) == null : ok.equals("true");
  }

  private static @Nullable String text(Meta fields, Field field) {
    return switch (fields.value(field.label())) {
      case Meta.Value.Text(String text) -> text;
      case Meta.Value.Json(String json) -> json;
    };
  }

  /** Results of different lists have different inputs at the same position. */
  private void compare(Item one, Meta fields, Item other, Meta others) throws IOException {
    Field field = text(fields, Field.INPUT) == null ? Field.URL : Field.INPUT;
    String here = text(fields, field);
    String there = text(others, field);
    if (here != null && there != null && !here.equals(there)) {
      throw new IOException(
          place(one)
              + " is '"
              + here
              + "', but in "
              + files.get(other.file()).path()
              + " it is '"
              + there
              + "'; these are results of different lists");
    }
  }

  /** The number of positions with a record. */
  long count() {
    return count;
  }

  /** The number of positions with discarded records of failures. */
  long replaced() {
    return replaced;
  }

  /** The number of positions with several records that are ok. */
  long several() {
    return several;
  }

  /** The first positions with several records that are ok. */
  String doubles() {
    return String.join(", ", doubles) + (several > doubles.size() ? " and others" : "");
  }

  MissingPositions gaps() {
    return gaps;
  }
}
