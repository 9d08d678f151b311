package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartNamesTest {
  @TempDir private Path directory;

  private PartNames names(boolean numbered) {
    return new PartNames(directory.resolve("results.csv"), numbered);
  }

  private String numberedName(String name) {
    return new PartNames(directory.resolve(name), true).get(1).getFileName().toString();
  }

  private void write(String name) throws IOException {
    Files.writeString(directory.resolve(name), "0,a\n");
  }

  @Test
  void haveANumberBeforeTheExtension() {
    assertThat(numberedName("results.csv")).isEqualTo("results-00001.csv");
    assertThat(numberedName("results.tar.gz")).isEqualTo("results.tar-00001.gz");
    assertThat(numberedName("results")).isEqualTo("results-00001");
  }

  @Test
  void takeNoHiddenNameForAnExtension() {
    assertThat(numberedName(".results")).isEqualTo(".results-00001");
    assertThat(numberedName(".results.csv")).isEqualTo(".results-00001.csv");
  }

  @Test
  void areManyOnlyWhereTheyAreNumbered() {
    assertThat(names(true).rolls()).isTrue();
    assertThat(names(true).isNamedByUser(1)).isFalse();
    assertThat(names(false).rolls()).isFalse();
    assertThat(names(false).isNamedByUser(1)).isTrue();
  }

  @Test
  void tellHowFilesWithoutNumbersWereWritten() throws IOException {
    write("results.csv");

    assertThatThrownBy(names(true)::checkThatNoOthersAreThere)
        .isInstanceOf(IOException.class)
        .hasMessage(
            directory.resolve("results.csv")
                + " was written without --output-max-size; resume it the same way");
    names(false).checkThatNoOthersAreThere();
  }

  @Test
  void tellHowFilesWithNumbersWereWritten() throws IOException {
    write("results-00002.csv");
    write("results-00003.csv");

    assertThatThrownBy(names(false)::checkThatNoOthersAreThere)
        .isInstanceOf(IOException.class)
        .hasMessage(
            directory.resolve("results-00002.csv")
                + " was written with --output-max-size; resume it the same way");
    names(true).checkThatNoOthersAreThere();
  }

  @Test
  void ignoreTheOthersWhereTheirOwnAreThere() throws IOException {
    write("results.csv");
    write("results-00001.csv");

    names(true).checkThatNoOthersAreThere();
    names(false).checkThatNoOthersAreThere();
  }

  @Test
  void missNothingInAnEmptyDirectory() throws IOException {
    names(true).checkThatNoOthersAreThere();
    names(false).checkThatNoOthersAreThere();

    assertThat(names(true).existing()).isEmpty();
    assertThat(names(false).existing()).isEmpty();
  }
}
