package fetch.cli.options;

import fetch.Content;
import fetch.http.RequestContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The data to send: {@code --data} and related options, and {@code --get}. */
final class DataOptions {
  private static final String STANDARD_INPUT = "-";

  /** How the value of an option is encoded. */
  private enum Form {
    DATA("--data"),
    BINARY("--data-binary"),
    RAW("--data-raw"),
    URLENCODE("--data-urlencode"),
    JSON("--json"),
    FORM("--form");

    final String option;

    Form(String option) {
      this.option = option;
    }
  }

  /**
   * A value.
   *
   * @param position among all of them, as data is sent in their order
   */
  private record Datum(Form form, String text, int position) implements PassedOption.Placed {}

  private int count;

  private final OptionSpec data =
      option(
          Form.DATA,
          "DATA",
          "Send this data in the request body, with POST. @FILE reads it from a file, without line"
              + " ends; - is standard input. Joined with & if repeated.",
          "-d",
          "--data");
  private final OptionSpec binary =
      option(Form.BINARY, "DATA", "As --data, but keep line ends of @FILE.", "--data-binary");
  private final OptionSpec raw =
      option(Form.RAW, "DATA", "As --data, but send a leading @ as it is.", "--data-raw");
  private final OptionSpec urlencode =
      option(
          Form.URLENCODE,
          "DATA",
          "As --data, but percent-encode it: CONTENT, =CONTENT, NAME=CONTENT, @FILE or NAME@FILE.",
          "--data-urlencode");
  private final OptionSpec json =
      option(
          Form.JSON,
          "DATA",
          "Send this JSON with POST, Content-Type and Accept application/json. @FILE reads it from"
              + " a file. Joined without a separator if repeated.",
          "--json");
  private final OptionSpec form =
      option(
          Form.FORM,
          "NAME=CONTENT",
          "Send a field of multipart/form-data with POST. NAME=@FILE sends a file, NAME=<FILE the"
              + " text of one; ;type=TYPE and ;filename=NAME may follow. Repeatable.",
          "-F",
          "--form");
  private final OptionSpec get =
      OptionGroup.flag(
          "Append the --data to the query of each URL, and send no body.", "-G", "--get");

  private OptionSpec option(Form form, String label, String description, String... names) {
    return OptionGroup.option(label, description, names)
        .type(List.class)
        .auxiliaryTypes(Datum.class)
        .converters(Converters.of(text -> new Datum(form, text, count++)))
        .build();
  }

  List<OptionSpec> options() {
    return List.of(data, binary, raw, urlencode, json, form, get);
  }

  /** All values in the order of the command line. */
  private List<Datum> given() {
    List<Datum> all = new ArrayList<>();
    for (OptionSpec option : List.of(data, binary, raw, urlencode, json, form)) {
      @Nullable List<Datum> values = option.getValue();
      all.addAll(values == null ? List.of() : values);
    }
    // Comparator::comparingInt costs 3 ms at every start.
    all.sort((a, b) -> Integer.compare(a.position(), b.position()));
    return all;
  }

  /** Whether requests have a body. */
  boolean sendsBody() {
    boolean inQuery = get.getValue();
    return !inQuery && !given().isEmpty();
  }

  /** The first of these options that is given, null for none. */
  @Nullable String firstOption() {
    List<Datum> all = given();
    return all.isEmpty() ? null : all.getFirst().form().option;
  }

  /**
   * Rejects invalid combinations.
   *
   * @param head whether HEAD is sent
   */
  void check(boolean head) throws UsageException {
    List<Datum> all = given();
    boolean inQuery = get.getValue();
    boolean parts = all.stream().anyMatch(datum -> datum.form() == Form.FORM);
    if (parts && (inQuery || all.stream().anyMatch(datum -> datum.form() != Form.FORM))) {
      String other = inQuery ? "--get" : other(all);
      throw new UsageException("--form and " + other + " exclude each other");
    }
    if (head && sendsBody()) {
      throw new UsageException(
          "--head and " + firstOption() + " exclude each other; --get puts data into the URL");
    }
    long inputs = all.stream().filter(DataOptions::readsStandardInput).count();
    if (inputs > 1) {
      throw new UsageException("standard input can be read only once, but two options read it");
    }
  }

  private static String other(List<Datum> all) {
    return all.stream()
        .filter(datum -> datum.form() != Form.FORM)
        .findFirst()
        .orElseThrow()
        .form()
        .option;
  }

  /** Whether any data comes from standard input. */
  boolean readsStandardInput() {
    return given().stream().anyMatch(DataOptions::readsStandardInput);
  }

  private static boolean readsStandardInput(Datum datum) {
    return datum.form() == Form.FORM
        ? FormField.readsStandardInput(datum.text())
        : STANDARD_INPUT.equals(file(datum));
  }

  /** The files that data comes from. */
  List<Path> files() throws UsageException {
    List<Path> files = new ArrayList<>();
    for (Datum datum : given()) {
      String name = datum.form() == Form.FORM ? FormField.parse(datum.text()).file() : file(datum);
      if (name != null && !name.equals(STANDARD_INPUT)) {
        files.add(path(datum.form(), name));
      }
    }
    return files;
  }

  /** The file that a value names, null if the value is the data. */
  private static @Nullable String file(Datum datum) {
    String text = datum.text();
    return switch (datum.form()) {
      case DATA, BINARY, JSON -> text.startsWith("@") ? text.substring(1) : null;
      case RAW, FORM -> null;
      case URLENCODE -> {
        int at = text.indexOf('@');
        int equals = text.indexOf('=');
        yield equals >= 0 && (at < 0 || equals < at)
            ? null
            : at < 0 ? null : text.substring(at + 1);
      }
    };
  }

  /**
   * The content of requests, null for none; measures the files.
   *
   * @param in standard input, read to its end if it is sent
   */
  @Nullable Content content(InputStream in) throws UsageException {
    if (!sendsBody()) {
      return null;
    }
    List<Datum> all = given();
    if (all.getFirst().form() == Form.FORM) {
      Multipart multipart = new Multipart();
      for (Datum datum : all) {
        FormField field = FormField.parse(datum.text());
        multipart.add(field, piece(field, in));
      }
      return multipart.content();
    }
    boolean isJson = all.stream().anyMatch(datum -> datum.form() == Form.JSON);
    return new Content(
        pieces(all, in), isJson ? Content.JSON : Content.FORM, isJson ? Content.JSON : null);
  }

  /**
   * The text to append to the query of each URL, null for none.
   *
   * @param in standard input, read to its end if it is sent
   */
  @Nullable String query(InputStream in) throws UsageException {
    boolean inQuery = get.getValue();
    if (!inQuery || given().isEmpty()) {
      return null;
    }
    try {
      return RequestContent.text(pieces(given(), in));
    } catch (IOException e) {
      throw new UsageException("--get: " + IoMessages.of(e));
    }
  }

  private static List<Content.Piece> pieces(List<Datum> all, InputStream in) throws UsageException {
    List<Content.Piece> pieces = new ArrayList<>();
    for (Datum datum : all) {
      if (!pieces.isEmpty() && datum.form() != Form.JSON) {
        pieces.add(bytes("&"));
      }
      addTo(pieces, datum, in);
    }
    return pieces;
  }

  private static void addTo(List<Content.Piece> pieces, Datum datum, InputStream in)
      throws UsageException {
    String file = file(datum);
    String text = datum.text();
    Content.Coding coding = coding(datum.form());
    if (datum.form() != Form.URLENCODE) {
      pieces.add(file == null ? bytes(text) : file(datum.form(), file, coding, in));
      return;
    }
    int separator = file == null ? text.indexOf('=') : text.indexOf('@');
    if (separator > 0) {
      pieces.add(bytes(text.substring(0, separator) + "="));
    }
    pieces.add(
        file == null
            ? encoded(text.substring(separator + 1))
            : file(datum.form(), file, coding, in));
  }

  private static Content.Coding coding(Form form) {
    return switch (form) {
      case DATA -> Content.Coding.WITHOUT_LINE_ENDS;
      case URLENCODE -> Content.Coding.FORM;
      case BINARY, RAW, JSON, FORM -> Content.Coding.AS_IS;
    };
  }

  private static Content.Piece bytes(String text) {
    return new Content.Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Content.Piece encoded(String text) {
    return new Content.Bytes(
        RequestContent.encoded(text.getBytes(StandardCharsets.UTF_8), Content.Coding.FORM));
  }

  private static Content.Piece piece(FormField field, InputStream in) throws UsageException {
    String file = field.file();
    return file == null ? bytes(field.text()) : file(Form.FORM, file, Content.Coding.AS_IS, in);
  }

  private static Content.Piece file(Form form, String name, Content.Coding coding, InputStream in)
      throws UsageException {
    try {
      if (name.equals(STANDARD_INPUT)) {
        return new Content.Bytes(RequestContent.encoded(in, coding));
      }
      Path file = path(form, name);
      return Files.isRegularFile(file)
          ? RequestContent.measured(file, coding)
          : new Content.Bytes(RequestContent.encoded(Files.newInputStream(file), coding));
    } catch (IOException e) {
      throw new UsageException(form.option + ": " + name + " cannot be read: " + IoMessages.of(e));
    }
  }

  private static Path path(Form form, String name) throws UsageException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UsageException(form.option + ": " + name + " is not the name of a file");
    }
  }
}
