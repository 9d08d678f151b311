package fetch.cli.settings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Groups the words of a command line into settings, and replaces argument files by their words. */
final class Grouping {
  private static final int DEEPEST = 10;
  private static final String ONLY_SOURCES = "--";

  private final Deque<Word> words;
  private final Predicate<String> takesValue;
  private final boolean fromFiles;
  private final List<Setting> settings = new ArrayList<>();
  private boolean onlySources;

  private Grouping(List<Word> words, Predicate<String> takesValue, boolean fromFiles) {
    this.words = new ArrayDeque<>(words);
    this.takesValue = takesValue;
    this.fromFiles = fromFiles;
  }

  /**
   * @param takesValue whether an option, with its hyphens, takes a value
   */
  static List<Setting> of(List<Word> words, Predicate<String> takesValue) throws SettingException {
    return new Grouping(words, takesValue, true).all();
  }

  /** Like {@link #of}, without argument files. */
  static List<Setting> withoutFiles(List<Word> words, Predicate<String> takesValue)
      throws SettingException {
    return new Grouping(words, takesValue, false).all();
  }

  private List<Setting> all() throws SettingException {
    while (!words.isEmpty()) {
      take(words.pop());
    }
    return settings;
  }

  private void take(Word word) throws SettingException {
    String text = word.text();
    if (onlySources || !text.startsWith("-") || text.equals("-")) {
      takeSource(word);
    } else if (text.equals(ONLY_SOURCES)) {
      onlySources = true;
      settings.add(Setting.source(word));
    } else if (text.startsWith("--")) {
      takeLong(word);
    } else {
      takeShort(word);
    }
  }

  private void takeSource(Word word) throws SettingException {
    if (onlySources || !fromFiles || !Settings.isFile(word.text())) {
      settings.add(Setting.source(word));
      return;
    }
    if (word.depth() == DEEPEST) {
      throw word.origin().complaint("argument files name each other in a cycle");
    }
    List<Word> inside = inFile(word.text().substring(1), word.depth() + 1);
    for (Word next : inside.reversed()) {
      words.push(next);
    }
  }

  private static List<Word> inFile(String name, int depth) throws SettingException {
    List<Word> inside = new ArrayList<>();
    int number = 0;
    for (String line : new SettingsFile(name).lines()) {
      inside.addAll(Word.split(line, Origin.line(++number, name), depth));
    }
    return inside;
  }

  private void takeLong(Word word) {
    String text = word.text();
    int equals = text.indexOf('=');
    if (equals >= 0) {
      add(word, text, text.substring(0, equals), text.substring(equals + 1));
    } else {
      takeWithNext(word, text);
    }
  }

  /** Splits flags that are written together. */
  private void takeShort(Word word) {
    String text = word.text();
    int at = 1;
    while (at < text.length() - 1 && isFlag(text, at)) {
      String flag = "-" + text.charAt(at++);
      add(word, flag, flag, null);
    }
    String option = "-" + text.substring(at);
    String name = option.substring(0, 2);
    if (option.equals(name)) {
      takeWithNext(word, name);
    } else {
      String value = option.substring(2);
      add(word, option, name, value.startsWith("=") ? value.substring(1) : value);
    }
  }

  /** Whether the next letter is another option. */
  private boolean isFlag(String text, int at) {
    return !takesValue.test("-" + text.charAt(at))
        && Character.isLetterOrDigit(text.charAt(at + 1));
  }

  private void takeWithNext(Word word, String name) {
    Word value = takesValue.test(name) ? words.poll() : null;
    if (value == null) {
      add(word, name, name, null);
    } else {
      settings.add(new Setting(List.of(name, value.text()), name, value.text(), word.origin()));
    }
  }

  private void add(Word word, String text, String name, @Nullable String value) {
    settings.add(new Setting(List.of(text), name, value, word.origin()));
  }
}
