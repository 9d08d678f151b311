package fetch.input;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The namespaces that prefixes stand for in the open elements (Namespaces in XML 1.0). */
final class XmlNamespaces {
  private static final String XML = "http://www.w3.org/XML/1998/namespace";

  private record Binding(String prefix, String uri) {}

  private final List<Binding> bindings = new ArrayList<>();

  /** How many there are, to be restored when the element ends. */
  int size() {
    return bindings.size();
  }

  void bind(String prefix, String uri) {
    bindings.add(new Binding(prefix, uri));
  }

  void restore(int size) {
    bindings.subList(size, bindings.size()).clear();
  }

  /** The namespace of a prefix, which may be empty; null for a prefix that stands for none. */
  @Nullable String of(String prefix) {
    for (Binding binding : bindings.reversed()) {
      if (binding.prefix().equals(prefix)) {
        return binding.uri();
      }
    }
    return switch (prefix) {
      case "" -> "";
      case "xml" -> XML;
      default -> null;
    };
  }
}
