package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Lines of a stored list. */
class ListedLineTest {
  @Test
  void areReadAsTheyWereWritten() throws IOException {
    ListedLine plain = new ListedLine(7, 9, 1, "http://h/\ta\t", null);
    ListedLine broken = new ListedLine(1L << 40, 9, 0, "", "the line is not UTF-8");

    assertThat(ListedLine.decode(plain.encoded())).isEqualTo(plain);
    assertThat(ListedLine.decode(broken.encoded())).isEqualTo(broken);
  }

  @Test
  void showNoPasswords() {
    ListedLine line = new ListedLine(7, 9, 1, "http://me:secret@h/", null);

    assertThat(line.toString()).doesNotContain("secret");
    assertThatThrownBy(() -> ListedLine.decode("http://me:secret@h/"))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("secret");
  }
}
