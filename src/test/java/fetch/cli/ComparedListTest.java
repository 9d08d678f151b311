package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.cli.options.InputOptions;
import fetch.input.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparedListTest {
  @TempDir private Path directory;
  private Path own;
  private ComparedList list;

  @BeforeEach
  void open() throws IOException {
    own = Files.createDirectory(directory.resolve("own"));
    list = new ComparedList(own);
  }

  private static Source standardInput(String text) {
    return new Source.StandardInput(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String urls(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "http://me:secret@127.0.0.1/" + i + "\n")
        .collect(Collectors.joining());
  }

  private List<String> sample(String text, String... options) throws IOException {
    InputOptions input = CompareCommandTest.parsed(options).input;
    List<String> arguments = list.sample(10, input.list(List.of(standardInput(text)), null));
    assertThat(arguments).hasSize(1);
    return Files.readAllLines(Path.of(arguments.getFirst()));
  }

  @Test
  void leavesFilesAndUrlsWhereTheyAre() throws IOException {
    Path file = Files.writeString(directory.resolve("list"), urls(3));
    Path missing = directory.resolve("missing");

    assertThat(
            list.whole(
                List.of(
                    new Source.ListFile(file),
                    new Source.BareUrl("http://127.0.0.1/"),
                    new Source.ListFile(missing))))
        .containsExactly(file.toString(), "http://127.0.0.1/", missing.toString());
    assertThat(own).isEmptyDirectory();
  }

  @Test
  void copiesWhatCanBeReadOnlyOnce() throws IOException {
    List<String> arguments =
        list.whole(List.of(new Source.BareUrl("http://127.0.0.1/"), standardInput(urls(3))));

    assertThat(Path.of(arguments.getLast())).hasParent(own).hasContent(urls(3));
  }

  @Test
  void saysWhatCannotBeCopied() {
    assertThatThrownBy(() -> list.whole(List.of(new Source.ListFile(directory))))
        .isInstanceOf(IOException.class)
        .hasMessage(directory + ": is a directory");
  }

  @Test
  void takesASampleThatIsAListAsTheFirstOneWas() throws IOException {
    List<String> sample = sample("# urls\n" + urls(1000));

    assertThat(sample)
        .hasSize(10)
        .doesNotHaveDuplicates()
        .allMatch(line -> line.startsWith("http://me:secret@127.0.0.1/"));
    assertThat(sample("# urls\n" + urls(1000))).isEqualTo(sample);
  }

  @Test
  void takesTheSampleFromTheChosenEntries() throws IOException {
    assertThat(sample(urls(1000), "--limit=5")).isEqualTo(urls(5).lines().toList());
  }

  @Test
  void takesTheSampleFromATable() throws IOException {
    assertThat(sample("id,url\n1,127.0.0.1/a\n", "-i", "csv"))
        .containsExactly("http://127.0.0.1/a");
  }

  @Test
  void keepsLinesThatAreNoUrls() throws IOException {
    assertThat(sample("127.0.0.1/a\n%%\n")).containsExactly("http://127.0.0.1/a", "%%");
  }

  @Test
  void samplesEntriesWithAllThatTheyAskFor() throws IOException {
    String lines =
        """
        {"url":"127.0.0.1/a","method":"HEAD","headers":{"X-A":"1","X-B":null},"timeout":"250ms"}
        {"url":"127.0.0.1/b","note":7}
        %%
        """;

    assertThat(sample(lines, "-ijsonl"))
        .hasSize(3)
        .startsWith(
            "{\"url\":\"http://127.0.0.1/a\",\"method\":\"HEAD\",\"headers\":{\"X-A\":\"1\","
                + "\"X-B\":null},\"timeout\":0.250000000}",
            "{\"url\":\"http://127.0.0.1/b\"}");
  }

  @Test
  void saysWhatCannotBeSampled() {
    InputOptions input = CompareCommandTest.parsed().input;
    Path missing = directory.resolve("missing");

    assertThatThrownBy(
            () -> list.sample(10, input.list(List.of(new Source.ListFile(missing)), null)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(missing + ": no such file");
  }
}
