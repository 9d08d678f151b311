package fetch.cli.settings;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option with its value, or a source.
 *
 * @param words as on a command line
 * @param name of the option, with hyphens; null for a source and for {@code --}
 * @param value of the option, null if it was given none
 */
public record Setting(
    List<String> words, @Nullable String name, @Nullable String value, Origin origin)
    implements Serializable {
  static Setting source(Word word) {
    return new Setting(List.of(word.text()), null, null, word.origin());
  }
}
