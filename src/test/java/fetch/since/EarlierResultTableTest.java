package fetch.since;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.HashAlgorithm;
import fetch.SavedBody;
import fetch.Validators;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlierResultTableTest {
  private final EarlierResultTable table = new EarlierResultTable();

  private static EarlierResult past(int n) {
    return Pasts.ok(n, new Validators("\"" + n + "\"", n % 2 == 0 ? Pasts.DATE : null));
  }

  @Test
  void givesBackWhatItWasGiven() {
    EarlierResult all =
        new EarlierResult(
            true,
            false,
            -7,
            "https://example.org/ü",
            new Validators("W/\"\uD83D\uDE00\"", "yesterday"),
            new SavedBody(
                "out/a b",
                Map.of(
                    HashAlgorithm.MD5, "00ff".repeat(8), HashAlgorithm.BLAKE3, "1a".repeat(32))));
    EarlierResult none =
        new EarlierResult(false, true, 0, null, Validators.NONE, SavedBody.NOTHING);
    EarlierResult dated = Pasts.ok(1, new Validators(null, Pasts.DATE));
    table.put("all", "GET", all);
    table.put("none", "GET", none);
    table.put("", "GET", dated);

    assertThat(table.get("all", "GET")).isEqualTo(all);
    assertThat(table.get("none", "GET")).isEqualTo(none);
    assertThat(table.get("", "GET")).isEqualTo(dated);
    assertThat(table.get("other", "GET")).isNull();
    assertThat(table.count()).isEqualTo(3);
  }

  @Test
  void findsEachOfVeryMany() {
    int many = 100_000;
    for (int n = 0; n < many; n++) {
      table.put("http://127.0.0.1/" + n, "GET", past(n));
    }

    assertThat(table.count()).isEqualTo(many);
    for (int n = 0; n < many; n++) {
      assertThat(table.get("http://127.0.0.1/" + n, "GET")).isEqualTo(past(n));
    }
    assertThat(table.get("http://127.0.0.1/" + many, "GET")).isNull();
  }

  @Test
  void keepsTheLastOfSeveral() {
    for (int n = 0; n < 10_000; n++) {
      table.put("a", "GET", past(n));
    }

    assertThat(table.count()).isEqualTo(1);
    assertThat(table.get("a", "GET")).isEqualTo(past(9999));
  }

  @Test
  void tellsMethodsApart() {
    table.put("a", "GET", past(1));
    table.put("a", "HEAD", past(2));

    assertThat(table.get("a", "GET")).isEqualTo(past(1));
    assertThat(table.get("a", "HEAD")).isEqualTo(past(2));
    assertThat(table.get("a", "POST")).isNull();
  }

  @Test
  void takesARecordWithoutAMethodForAny() {
    table.put("a", null, past(1));

    assertThat(table.get("a", "PUT")).isEqualTo(past(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {4095, 4096, 4097, 70_000, 5_000_000})
  void leavesOutTextThatIsNobodys(int length) {
    String text = "x".repeat(length);
    String kept = length <= 4096 ? text : null;
    table.put(
        text,
        "GET",
        new EarlierResult(
            true, false, 1, text, new Validators(text, text), new SavedBody(text, Map.of())));
    table.put("b", "GET", past(2));

    assertThat(table.get(text, "GET"))
        .isEqualTo(
            new EarlierResult(
                true, false, 1, kept, Validators.of(kept, kept), new SavedBody(kept, Map.of())));
    assertThat(table.get("b", "GET")).isEqualTo(past(2));
  }

  @Test
  void leavesOutValidatorsOfAUrlThatIsLeftOut() {
    String url = "http://127.0.0.1/" + "x".repeat(5000);
    Validators validators = new Validators("\"1\"", Pasts.DATE);
    table.put("a", "GET", new EarlierResult(true, false, 1, url, validators, SavedBody.NOTHING));

    assertThat(table.get("a", "GET"))
        .isEqualTo(new EarlierResult(true, false, 1, null, Validators.NONE, SavedBody.NOTHING));
  }

  @Test
  void knowsWhatWasNotSeenAgain() {
    for (int n = 0; n < 10_000; n++) {
      table.put("a" + n, "GET", past(n));
      table.put("a" + n, "HEAD", past(n));
    }
    for (int n = 0; n < 10_000; n += 2) {
      assertThat(table.see("a" + n)).isTrue();
      assertThat(table.see("a" + n)).isFalse();
    }

    assertThat(table.see("b")).isFalse();
    assertThat(table.unseen()).isEqualTo(10_000);
  }
}
