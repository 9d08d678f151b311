package fetch.http.http2;

import fetch.http.call.FailedTransfer;
import fetch.http.okhttp.HeaderCoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes the header sections in one direction of a connection (RFC 7541). Values stay encoded, so
 * this costs very little. For one thread at a time.
 */
final class SectionDecoder {
  private static final int TABLE_BYTES = 4096;

  /** The most entries that fit, at 32 bytes of overhead each; a power of two. */
  private static final int MOST_ENTRIES = 128;

  private static final class Static {
    static final CodedField[] FIELDS = fields();

    private static CodedField[] fields() {
      CodedField[] fields = new CodedField[HeaderCoding.staticFields()];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = new CodedField(HeaderCoding.staticName(i), HeaderCoding.staticValue(i), false);
      }
      return fields;
    }
  }

  /** The dynamic table, as a ring. */
  private final CodedField[] table = new CodedField[MOST_ENTRIES];

  private int newest;
  private int entries;

  /** A lower bound of the size of the entries, so that none is evicted too early. */
  private int leastSize;

  private final HpackReader in = new HpackReader();

  /**
   * Decodes a header section.
   *
   * @throws InvalidFrames if it cannot be decoded; the connection is then unusable
   * @throws FailedTransfer if a string in it is too long
   */
  List<CodedField> decode(byte[] bytes) throws IOException {
    in.begin(bytes);
    List<CodedField> fields = new ArrayList<>();
    while (in.hasMore()) {
      int first = in.peek();
      if (first >= HpackReader.INDEXED) {
        fields.add(field(in.number(HpackReader.INDEXED)));
      } else if (first >= HpackReader.WITH_INDEXING) {
        CodedField field = literal(HpackReader.WITH_INDEXING);
        remember(field);
        fields.add(field);
      } else if (first >= HpackReader.TABLE_SIZE) {
        checkTableSize(in.number(HpackReader.TABLE_SIZE));
      } else {
        fields.add(literal(HpackReader.WITHOUT_INDEXING));
      }
    }
    return fields;
  }

  /**
   * Checks the beginning of an incomplete section.
   *
   * @throws FailedTransfer if a string in it is too long to wait for
   */
  void checkSizes(byte[] start) throws IOException {
    CodedField[] tableBefore = table.clone();
    int newestBefore = newest;
    int entriesBefore = entries;
    int sizeBefore = leastSize;
    try {
      decode(start);
    } catch (InvalidFrames e) {
      // the section is incomplete
    } finally {
      System.arraycopy(tableBefore, 0, table, 0, MOST_ENTRIES);
      newest = newestBefore;
      entries = entriesBefore;
      leastSize = sizeBefore;
    }
  }

  private static void checkTableSize(int size) throws InvalidFrames {
    if (size > TABLE_BYTES) {
      throw new InvalidFrames("a header section sets a table size above 4096");
    }
  }

  private CodedField literal(int prefix) throws IOException {
    int index = in.number(prefix);
    byte[] name = index == 0 ? in.decodedString() : field(index).name();
    boolean huffman = in.isHuffman();
    return new CodedField(name, in.string(), huffman);
  }

  private CodedField field(int index) throws InvalidFrames {
    int dynamic = index - Static.FIELDS.length;
    if (index == 0 || dynamic > entries) {
      throw HpackReader.undecodable();
    }
    return dynamic <= 0
        ? Static.FIELDS[index - 1]
        : table[(newest - dynamic + 1) & (MOST_ENTRIES - 1)];
  }

  private void remember(CodedField field) {
    while (entries > 0
        && (entries == MOST_ENTRIES || leastSize + field.leastSize() > TABLE_BYTES)) {
      leastSize -= table[(newest - entries + 1) & (MOST_ENTRIES - 1)].leastSize();
      entries--;
    }
    if (field.leastSize() <= TABLE_BYTES) {
      newest = (newest + 1) & (MOST_ENTRIES - 1);
      table[newest] = field;
      entries++;
      leastSize += field.leastSize();
    }
  }
}
