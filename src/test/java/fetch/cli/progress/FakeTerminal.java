package fetch.cli.progress;

import fetch.Eventually;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A terminal of so many columns that knows line ends, and of ECMA-48 to erase the rest of a line
 * and colours. It remembers what its last row showed after each write. Safe for many threads.
 */
public final class FakeTerminal extends OutputStream {
  private static final char ESCAPE = '\u001b';

  private final int columns;
  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private final List<String> lastRows = new ArrayList<>();
  private final StringBuilder sequence = new StringBuilder();
  private final StringBuilder everything = new StringBuilder();
  private int column;

  public FakeTerminal(int columns) {
    this.columns = columns;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    everything.append(text);
    text.chars().forEach(c -> take((char) c));
    lastRows.add(lastRow());
  }

  private void take(char c) {
    if (c == ESCAPE || !sequence.isEmpty()) {
      sequence.append(c);
      if (Character.isLetter(c)) {
        obey(sequence.substring(1));
        sequence.setLength(0);
      }
    } else if (c == '\r') {
      column = 0;
    } else if (c == '\n') {
      newRow();
    } else if (Character.isISOControl(c)) {
      throw new AssertionError("a control character: " + (int) c);
    } else {
      put(c);
    }
  }

  private void obey(String command) {
    if (command.equals("[K")) {
      StringBuilder row = rows.getLast();
      row.setLength(Math.min(row.length(), column));
    } else if (!command.matches("\\[[0-9;]*m")) {
      throw new AssertionError("an escape sequence: " + command);
    }
  }

  private void newRow() {
    rows.add(new StringBuilder());
    column = 0;
  }

  private void put(char c) {
    if (column == columns) {
      newRow();
    }
    StringBuilder row = rows.getLast();
    if (column < row.length()) {
      row.setCharAt(column, c);
    } else {
      row.append(c);
    }
    column++;
  }

  private String lastRow() {
    return rows.getLast().toString();
  }

  /** What is to be seen; the last row, where the cursor is, may be empty. */
  public synchronized List<String> rows() {
    return rows.stream().map(StringBuilder::toString).toList();
  }

  /** What the last row showed after each write. */
  public synchronized List<String> lastRows() {
    return List.copyOf(lastRows);
  }

  /** All that was written, escape sequences included. */
  public synchronized String everything() {
    return everything.toString();
  }

  /** Waits until the last row shows something. */
  public void awaitLastRow(String what, Predicate<String> wanted) {
    Eventually.holds("the terminal shows " + what, () -> lastRows().stream().anyMatch(wanted));
  }
}
