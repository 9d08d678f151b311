package fetch.input;

import fetch.BadLine;
import fetch.Checksum;
import fetch.Entry;
import fetch.EntryOverrides;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Meta;
import fetch.Redaction;
import fetch.Target;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parses lines and rows into entries. Safe for many threads if its target parser is. */
public final class EntryParser {
  private final TargetParser targets;

  public EntryParser(TargetParser targets) {
    this.targets = targets;
  }

  /**
   * Parses a line of a plain list. Never fails: a line that is not a URL becomes a {@link BadLine},
   * and so does a line with a blank inside, which may hold more than a URL.
   */
  Entry parse(long urlnum, Line line, Source source) {
    return parse(urlnum, line, source, NonUrlCharacters::faultOfLine);
  }

  private Entry parse(
      long urlnum, Line line, Source source, Function<String, @Nullable String> faults) {
    if (line.fault() != null) {
      return invalid(urlnum, line, source, line.fault());
    }
    return switch (Scheme.of(line.text())) {
      case Scheme.Web(String url) -> {
        String fault = faults.apply(line.text());
        yield fault == null ? web(urlnum, line, source, url) : invalid(urlnum, line, source, fault);
      }
      case Scheme.Other other -> unsupported(urlnum, line, source, other);
    };
  }

  /** Like {@link TargetParser#resolve}. */
  @Nullable String resolve(String base, String link) {
    return targets.resolve(base, link);
  }

  /** The host in a text, null if there is none. */
  @Nullable String host(String text) {
    return Scheme.of(text) instanceof Scheme.Web(String url)
            && targets.parse(url) instanceof TargetParser.Parsed.Good(Target target)
        ? target.host()
        : null;
  }

  private Entry web(long urlnum, Line line, Source source, String url) {
    return switch (targets.parse(url)) {
      case TargetParser.Parsed.Good(Target target) -> request(urlnum, line.text(), target);
      case TargetParser.Parsed.Bad(String reason) -> invalid(urlnum, line, source, reason);
    };
  }

  /** Parses a row; an invalid row or URL becomes a {@link BadLine}. */
  Entry parse(long urlnum, Line line, Source source, Row row) {
    return switch (row) {
      case Row.Good(String url, EntryOverrides own, Meta meta, String shown) -> {
        Line cell = new Line(line.number(), url, null);
        Entry entry = shown(shown, parse(urlnum, cell, source, NonUrlCharacters::faultOfCell));
        yield meta == null
            ? own == null ? entry : with(own, null, entry)
            : checked(cell, source, with(own, meta, entry), meta);
      }
      case Row.OtherScheme(String url, String name, Meta meta) -> {
        Line cell = new Line(line.number(), url, null);
        boolean opaque = Scheme.OPAQUE.contains(name);
        yield with(null, meta, unsupported(urlnum, cell, source, new Scheme.Other(name, opaque)));
      }
      case Row.Known(String input, FailureKind kind, String message, Meta meta) ->
          new BadLine(urlnum, input, kind, message, meta);
      case Row.Bad(String input, String reason, Meta meta) ->
          with(null, meta, invalid(urlnum, new Line(line.number(), input, null), source, reason));
    };
  }

  private static Entry shown(@Nullable String input, Entry entry) {
    return input != null && entry instanceof FetchRequest request
        ? new FetchRequest(request.urlnum(), input, request.target())
        : entry;
  }

  /** An entry with an unusable checksum is not worth a request. */
  private static Entry checked(Line line, Source source, Entry entry, Meta meta) {
    try {
      List<Checksum> _ = Checksum.of(meta);
      return entry;
    } catch (Checksum.Unreadable e) {
      String message = source.place(line.number()) + ": " + e.getMessage();
      return entry instanceof BadLine
          ? entry
          : new BadLine(entry.urlnum(), entry.input(), FailureKind.CHECKSUM, message, meta);
    }
  }

  private static Entry with(@Nullable EntryOverrides own, @Nullable Meta meta, Entry entry) {
    return switch (entry) {
      case FetchRequest plain ->
          new FetchRequest(plain.urlnum(), plain.input(), plain.target(), false, own, meta);
      case BadLine plain ->
          new BadLine(plain.urlnum(), plain.input(), plain.kind(), plain.message(), meta);
    };
  }

  private static FetchRequest request(long urlnum, String text, Target target) {
    boolean secret = !target.url().equals(target.location());
    return new FetchRequest(urlnum, secret ? Redaction.ofUrl(text) : text, target);
  }

  private static BadLine invalid(long urlnum, Line line, Source source, String reason) {
    String message = source.place(line.number()) + ": " + reason;
    String input = Redaction.ofText(line.text());
    return new BadLine(urlnum, input, FailureKind.INVALID_URL, message);
  }

  private static BadLine unsupported(long urlnum, Line line, Source source, Scheme.Other scheme) {
    String reason = ": fetch supports http and https, not " + scheme.name();
    String input = scheme.opaque() ? line.text() : Redaction.ofText(line.text());
    String message = source.place(line.number()) + reason;
    return new BadLine(urlnum, input, FailureKind.UNSUPPORTED_SCHEME, message);
  }
}
