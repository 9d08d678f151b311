package fetch;

import java.util.ArrayList;
import java.util.List;

/** Lines of lists as people have them, by the thousand kinds of URL there are. */
public final class ListCorpus {
  private static final List<String> ORIGINS =
      List.of(
          "http://127.0.0.1:8080",
          "https://example.org",
          "HTTPS://WWW.Example.ORG:443",
          "example.com",
          "localhost:3000",
          "http://[::1]:8080",
          "https://[2001:db8::7334]",
          "http://user:secret@example.org",
          "https://TOKEN@git.example.org",
          "https://bücher.example",
          "https://xn--bcher-kva.example",
          "http://i❤.example",
          "http://example。org",
          "https://a_b.s3.example.org",
          "https://foo-.example.org",
          "http://0x7f.1",
          "http://2130706433",
          "//cdn.example.org",
          "http:\\\\example.org",
          "http://example.org.");

  private static final List<String> RESTS =
      List.of(
          "",
          "/",
          "/a/b/../c.html",
          "/caf%C3%A9?q=1&r=%20#top",
          "/ünï/日本?é=ß",
          "/a%2Fb;v=1?x=[1]&y={2}|3",
          "?only=query",
          "#fragment",
          "/with space?a b",
          "/\t\u200b");

  private ListCorpus() {}

  /** 200 lines of a plain list. */
  public static List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String origin : ORIGINS) {
      for (String rest : RESTS) {
        lines.add(origin + rest);
      }
    }
    return lines;
  }

  /** A header and 200 rows of a table. */
  public static List<String> rows(char separator) {
    List<String> rows = new ArrayList<>(List.of("id" + separator + "url" + separator + "SHA256"));
    for (String line : lines()) {
      String id = rows.size() % 7 == 0 ? "\"a \"\"quoted\"\"\n" + separator + "cell\"" : "x";
      String hash = rows.size() % 5 == 0 ? "n/a" : rows.size() % 3 == 0 ? "0".repeat(64) : "";
      rows.add(id + separator + '"' + line + '"' + separator + hash);
    }
    return rows;
  }

  /** 200 JSON objects. */
  public static List<String> objects() {
    List<String> objects = new ArrayList<>();
    for (String line : lines()) {
      String url = line.replace("\\", "\\\\").replace("\t", "\\t");
      String more =
          switch (objects.size() % 5) {
            case 0 -> ",\"method\":\"HEAD\",\"headers\":{\"X-A\":[\"b\",null]}";
            case 1 -> ",\"timeout\":\"250ms\",\"n\":1e400";
            case 2 -> ",\"md5\":\"n/a\",\"deep\":{\"a\":[[1,{\"b\":null}]]}";
            case 3 -> ",\"text\":\"\\ud83d\\ude00 \\u0000\"";
            default -> "";
          };
      objects.add("{\"url\":\"" + url + "\"" + more + "}");
    }
    return objects;
  }
}
