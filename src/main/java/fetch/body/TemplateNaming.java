package fetch.body;

import fetch.FetchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names files by a template with fields in braces, such as {@code {host}/{urlnum:08}{ext}}. */
final class TemplateNaming implements FileNaming {
  private static final Pattern PART = Pattern.compile("\\{\\{|}}|\\{([^{}]*)}|([{}])|[^{}]+");
  private static final Pattern FIELD = Pattern.compile("([a-z_]+)(?::(0?)(\\d{1,2}))?");

  /** The number of hash characters that make names unique. */
  private static final int SAFE_HASH = 10;

  /** The kind of a field. */
  private enum FieldKind {
    SCHEME,
    HOST,
    PORT,
    PATH,
    NAME,
    STEM,
    EXT,
    QUERY,
    HASH,
    URLNUM,
    REMOTE_NAME;

    static FieldKind named(String name) {
      for (FieldKind kind : values()) {
        if (kind.label().equals(name)) {
          return kind;
        }
      }
      throw new IllegalArgumentException(
          "there is no field {" + name + "}; the fields are " + labels());
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static String labels() {
      StringBuilder labels = new StringBuilder();
      for (FieldKind kind : values()) {
        labels.append(labels.isEmpty() ? "{" : ", {").append(kind.label()).append('}');
      }
      return labels.toString();
    }
  }

  /** Text, or a field. */
  private sealed interface Part {
    record Text(String text) implements Part {}

    /**
     * @param width minimum digits of a number, or maximum characters of a hash
     */
    record Field(FieldKind kind, int width) implements Part {}
  }

  /** The parts between slashes. */
  private final List<List<Part>> components;

  private final UrlNaming urls;
  private final boolean tellsUrlsApart;

  TemplateNaming(String template, FileSystemTraits traits) {
    this.components = split(parse(template));
    this.urls = new UrlNaming(traits);
    this.tellsUrlsApart =
        has(FieldKind.URLNUM, 0)
            || has(FieldKind.HASH, SAFE_HASH)
            || (has(FieldKind.HOST, 0) && has(FieldKind.PATH, 0));
  }

  /** Throws an {@link IllegalArgumentException} with a sentence if the template is invalid. */
  static void check(String template) {
    List<List<Part>> components = split(parse(template));
    if (isRemote(components.subList(0, components.size() - 1))) {
      throw new IllegalArgumentException(
          "{remote_name} is not in the last part of '" + template + "'");
    }
  }

  /** Whether a valid template names files after the response. */
  static boolean isRemote(String template) {
    return isRemote(split(parse(template)));
  }

  private static boolean isRemote(List<List<Part>> components) {
    return components.stream()
        .flatMap(List::stream)
        .anyMatch(
            part -> part instanceof Part.Field(FieldKind kind, _) && kind == FieldKind.REMOTE_NAME);
  }

  @Override
  public boolean needsResponse() {
    return isRemote(components);
  }

  private boolean has(FieldKind kind, int leastWidth) {
    return components.stream()
        .flatMap(List::stream)
        .anyMatch(part ->
            part instanceof Part.Field(FieldKind other, int width)
                && other == kind
                && width >= leastWidth);
  }

  private static List<Part> parse(String template) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(template);
    while (matcher.find()) {
      if (matcher.group(2) != null) {
        throw new IllegalArgumentException(
            "'" + template + "' has an unmatched brace; write {{ or }} for a literal brace");
      }
      parts.add(matcher.group(1) == null ? text(matcher.group()) : field(matcher.group(1)));
    }
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("the template is empty");
    }
    return List.copyOf(parts);
  }

  private static List<List<Part>> split(List<Part> parts) {
    List<List<Part>> components = new ArrayList<>();
    components.add(new ArrayList<>());
    for (Part part : parts) {
      if (part instanceof Part.Text(String text)) {
        String[] pieces = text.split("/", -1);
        for (int i = 0; i < pieces.length; i++) {
          if (i > 0) {
            components.add(new ArrayList<>());
          }
          if (!pieces[i].isEmpty()) {
            components.getLast().add(new Part.Text(pieces[i]));
          }
        }
      } else {
        components.getLast().add(part);
      }
    }
    return List.copyOf(components);
  }

  private static Part text(String text) {
    return new Part.Text(text.equals("{{") ? "{" : text.equals("}}") ? "}" : text);
  }

  private static Part field(String text) {
    Matcher matcher = FIELD.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "{" + text + "} is not a field such as {host} or {urlnum:08}");
    }
    FieldKind kind = FieldKind.named(matcher.group(1));
    boolean hasWidth = matcher.group(3) != null;
    if (hasWidth && kind != FieldKind.URLNUM && kind != FieldKind.HASH) {
      throw new IllegalArgumentException("{" + text + "}: only urlnum and hash have a width");
    }
    int usual = kind == FieldKind.HASH ? UrlHash.CHARS : 0;
    return new Part.Field(kind, hasWidth ? Integer.parseInt(matcher.group(3)) : usual);
  }

  @Override
  public FileName name(
      FetchRequest request, @Nullable String contentType, Supplier<@Nullable String> disposition) {
    Values values = new Values(request, UrlParts.of(request), contentType, disposition);
    List<String> names = new ArrayList<>();
    String last = "";
    for (List<Part> component : components) {
      last = values.fill(component);
      names.addAll(names(last, component.isEmpty() || component.getFirst() instanceof Part.Text));
    }
    return place(names, last.isEmpty(), values.url().url());
  }

  /**
   * The names of a component: several if it contains a path.
   *
   * @param literal whether the user wrote the beginning of the first name, which may then be a dot
   *     or a hyphen
   */
  private static List<String> names(String filled, boolean literal) {
    List<String> names = new ArrayList<>();
    for (String name : filled.split("/", -1)) {
      if (!name.isEmpty()) {
        boolean wanted = literal && names.isEmpty();
        names.add(wanted ? SafeName.literal(name) : SafeName.begun(SafeName.literal(name)));
      }
    }
    return names;
  }

  /** The values of the fields for one response. */
  private final class Values {
    private final FetchRequest request;
    private final UrlParts url;
    private final @Nullable String contentType;
    private final Supplier<@Nullable String> disposition;
    private final FileName usual;

    Values(
        FetchRequest request,
        UrlParts url,
        @Nullable String contentType,
        Supplier<@Nullable String> disposition) {
      this.request = request;
      this.url = url;
      this.contentType = contentType;
      this.disposition = disposition;
      this.usual = urls.name(url, "");
    }

    UrlParts url() {
      return url;
    }

    String fill(List<Part> component) {
      StringBuilder whole = new StringBuilder();
      for (Part part : component) {
        whole.append(
            switch (part) {
              case Part.Text(String text) -> text;
              case Part.Field field -> value(field);
            });
      }
      return whole.toString();
    }

    private String value(Part.Field field) {
      return switch (field.kind()) {
        case SCHEME -> url.scheme();
        case HOST -> urls.host(url);
        case PORT -> String.valueOf(url.target().port());
        case PATH -> usual.toString();
        case NAME -> own(url);
        case STEM ->
            own(url).substring(0, own(url).length() - SafeName.extension(own(url)).length());
        case EXT -> extension();
        case QUERY -> url.query().isEmpty() ? "" : SafeName.of(UrlParts.decode(url.query()));
        case HASH ->
            UrlHash.of(url.url()).substring(0, Math.clamp(field.width(), 1, UrlHash.CHARS));
        case URLNUM -> padded(request.urlnum(), field.width());
        case REMOTE_NAME -> remoteName();
      };
    }

    private String extension() {
      String extension = SafeName.extension(usual.file());
      return url.lastSegment().isEmpty() || extension.isEmpty()
          ? ContentExtensions.of(contentType)
          : extension;
    }

    private String remoteName() {
      String name = DispositionFileName.of(disposition.get());
      return name == null ? own(url) : SafeName.of(name);
    }
  }

  /** The last component of the URL, without a hash. */
  private static String own(UrlParts url) {
    String last = url.lastSegment();
    return last.isEmpty() ? UrlNaming.INDEX : SafeName.of(UrlParts.decode(last));
  }

  private static String padded(long number, int width) {
    String digits = String.valueOf(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  /** The file name, which is always below the directory. */
  private FileName place(List<String> names, boolean open, String url) {
    String last = names.isEmpty() || open ? "_" : names.removeLast();
    StringBuilder directories = new StringBuilder();
    for (String name : names) {
      directories.append(SafeName.cut(name, SafeName.MOST_BYTES)).append('/');
    }
    FileName name = new FileName(directories.toString(), last, url, false);
    return tellsUrlsApart && SafeName.fits(last) ? name : name.distinct();
  }
}
