package fetch.http.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.http.settings.RequestSettings.Credentials;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which password a netrc file has for whom: as curl reads it. */
class NetrcTest {
  private static final String TWO =
      """
      machine example.com login admin password passwd
      machine curl.example.com login none password none
      """;

  @TempDir private Path directory;

  private static String found(String text, String host) {
    return found(text, host, null);
  }

  private static String found(String text, String host, Credentials inUrl) {
    Credentials found = Netrc.parse(text, true).credentials(host, inUrl);
    return found == null ? "" : found.user() + ":" + found.password();
  }

  private static String foundFor(String user, String text, String host) {
    return found(text, host, new Credentials(user, "inUrl"));
  }

  @Test
  void isForTheHostsThatItNames() {
    assertThat(found(TWO, "example.com")).isEqualTo("admin:passwd");
    assertThat(found(TWO, "curl.example.com")).isEqualTo("none:none");
    assertThat(found(TWO, "EXAMPLE.com.")).isEqualTo("admin:passwd");
    assertThat(found(TWO, "test.example.com")).isEmpty();
    assertThat(found("machine [::1] login a password b", "::1")).isEqualTo("a:b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"me", "a", "administrator", "Admin"})
  void leavesOtherUsersOfUrlsAlone(String user) {
    assertThat(foundFor(user, TWO, "example.com")).isEqualTo(user + ":inUrl");
  }

  @Test
  void hasSeveralUsersOfOneHost() {
    String text =
        """

        machine github.com
        password weird
        password firstone
        login daniel

        machine github.com

        machine github.com
        login debbie

        machine github.com
        password weird
        password "second\\r"
        login debbie
        """;

    assertThat(found(text, "github.com")).isEqualTo("daniel:firstone");
    assertThat(foundFor("debbie", text, "github.com")).isEqualTo("debbie:second\r");
  }

  @Test
  void hasAPasswordForAnyUser() {
    String text =
        """
        machine h password firstthis login unknown
        machine h password 5up3r53cr37
        machine h password d1ff3r3nt login anotherone
        """;

    assertThat(foundFor("user", text, "h")).isEqualTo("user:5up3r53cr37");
    assertThat(found(text, "h")).isEqualTo("unknown:firstthis");
  }

  @Test
  void hasADefaultForTheOthers() {
    String text = TWO + "default login bob";

    assertThat(found(text, "example.com")).isEqualTo("admin:passwd");
    assertThat(found(text, "b.com")).isEqualTo("bob:");
    assertThat(Netrc.parse(text, true).withoutDefault().credentials("b.com", null)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "machine h login a password b|a:b",
        "MACHINE h LOGIN a Password b|a:b",
        "machine h login a account x password b|a:b",
        "machine h nonsense login a 12 password b|a:b",
        "machine h login password password b|password:b",
        "machine h login a password \"b c\"|a:b c",
        "machine h login a password \"b\\\"\\\\\\tc\"|a:b\"\\\tc",
        "machine \"h\" login a password #b|a:#b",
        "machine h \"login\" x login a password b|a:b",
        "login x password y machine h login a password b|a:b",
        "machine h login a macdef m password c|a:",
        "machine h login a password b machine|a:b",
        "machine h login a password|a:",
      })
  void isSplitIntoWords(String text, String expected) {
    assertThat(found(text, "h")).isEqualTo(expected);
  }

  @Test
  void mayHaveOneWordALine() {
    assertThat(found("machine\nh\nlogin\n a\r\npassword\r\n\tb", "h")).isEqualTo("a:b");
  }

  @Test
  void hasCommentsOnLinesOfTheirOwn() {
    String text = "# machine h login x\nmachine h\n  # login y\nlogin a # password b";

    assertThat(found(text, "h")).isEqualTo("a:b");
  }

  @Test
  void skipsMacrosToTheNextEmptyLine() {
    String text = "macdef init\nmachine h login x\npassword y\r\n\r\nmachine h login a password b";

    assertThat(found(text, "h")).isEqualTo("a:b");
    assertThat(found("macdef init\nmachine h login a", "h")).isEmpty();
  }

  @Test
  void countsMoreThanAUrlUnlessItIsOptional() {
    Credentials inUrl = new Credentials("admin", "inUrl");
    Credentials userOnly = new Credentials("admin", "");

    assertThat(Netrc.parse(TWO, true).credentials("example.com", inUrl).password())
        .isEqualTo("passwd");
    assertThat(Netrc.parse(TWO, false).credentials("example.com", inUrl)).isEqualTo(inUrl);
    assertThat(Netrc.parse(TWO, false).credentials("example.com", userOnly).password())
        .isEqualTo("passwd");
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    Path file = directory.resolve("netrc");
    Files.writeString(file, "machine h login a password \"b");
    assertThatThrownBy(() -> Netrc.read(file, true)).hasMessage(file + ": a quote has no end");
    Files.writeString(file, "machine h login " + "a".repeat(4097));
    assertThatThrownBy(() -> Netrc.read(file, true))
        .hasMessage(file + ": a word is longer than 4096 characters");
    Files.write(file, new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> Netrc.read(file, true)).hasMessage(file + ": is not UTF-8");
    Files.write(file, new byte[128 * 1024 + 1]);
    assertThatThrownBy(() -> Netrc.read(file, true)).hasMessage(file + ": is larger than 128 KiB");
    assertThatThrownBy(() -> Netrc.read(directory, true))
        .hasMessage(directory + ": is a directory");
  }

  @Test
  void keepsItsPasswordsToItself() {
    assertThat(Netrc.parse(TWO, true).toString()).doesNotContain("passwd");
  }
}
