package fetch.resume;

import fetch.FailureKind;
import fetch.input.RecordedOutcome;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds the outcomes of the entries at some positions: two bytes each, in blocks that are allocated
 * when needed.
 */
final class RecordedOutcomes {
  private static final int BLOCK = 1024;
  private static final short ABSENT = (short) RecordedOutcome.NO_CODE;

  private short[][] blocks = new short[64][];

  void add(long urlnum, int status, @Nullable FailureKind failure) {
    int block = (int) (urlnum / BLOCK);
    if (block >= blocks.length) {
      blocks = Arrays.copyOf(blocks, Math.max(block + 1, blocks.length + blocks.length / 2));
    }
    if (blocks[block] == null) {
      blocks[block] = new short[BLOCK];
      Arrays.fill(blocks[block], ABSENT);
    }
    blocks[block][(int) (urlnum % BLOCK)] = (short) RecordedOutcome.code(status, failure);
  }

  /** The outcome of the entry at a position; null if none was added. */
  @Nullable RecordedOutcome get(long urlnum) {
    long block = urlnum / BLOCK;
    short[] codes = block < blocks.length ? blocks[(int) block] : null;
    int code = codes == null ? ABSENT : codes[(int) (urlnum % BLOCK)];
    return code == ABSENT ? null : RecordedOutcome.of(urlnum, code & RecordedOutcome.NO_CODE);
  }
}
