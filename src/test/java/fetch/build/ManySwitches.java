package fetch.build;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Tries the kinds of switches over types that there are on one value of each kind. */
final class ManySwitches implements Supplier<List<String>> {
  sealed interface Shape {
    /** A switch in an interface. */
    static String name(Shape shape) {
      return switch (shape) {
        case Circle _ -> "circle";
        case Pair _ -> "pair";
      };
    }
  }

  record Circle(int radius) implements Shape {}

  record Pair(Object left, Object right) implements Shape {}

  /** Has labels that are no types. */
  static final class Constants {
    private Constants() {}

    static String name(Object value) {
      return switch (value) {
        case String text when text.length() > 3 -> "long";
        case Suit suit -> suit(suit);
        default -> "other";
      };
    }

    private static String suit(Suit suit) {
      return switch (suit) {
        case HEARTS -> "hearts";
        case Suit other when other.name().isEmpty() -> "never";
        case SPADES -> "spades";
        case Suit other -> "suit " + other;
      };
    }
  }

  enum Suit {
    HEARTS,
    SPADES,
    CLUBS
  }

  private static final List<Object> VALUES =
      List.of(
          7,
          2,
          1.5,
          BigDecimal.TWO,
          "",
          "ab",
          "abcdef",
          Path.of("x"),
          'c',
          new int[2],
          new String[3],
          Suit.HEARTS,
          Suit.SPADES,
          Suit.CLUBS,
          new Circle(2),
          new Circle(5),
          new Pair("a", 1),
          new Pair(2, 1),
          new Pair(1, 2),
          new Pair(new Circle(1), 3),
          new Pair("a", "b"));

  @Override
  public List<String> get() {
    List<String> answers = new ArrayList<>();
    answers.add(withNull(null));
    for (Object value : VALUES) {
      answers.add(withNull(value));
      answers.add(plain(value));
      answers.add(withConditions(value));
      answers.add(Constants.name(value));
      if (value instanceof Shape shape) {
        answers.add(Shape.name(shape));
        answers.add(withRecords(shape));
      }
    }
    return answers;
  }

  private static String withNull(Object value) {
    return switch (value) {
      case Integer number -> "integer " + number;
      case null -> "null";
      default -> "other";
    };
  }

  private static String plain(Object value) {
    return switch (value) {
      case Integer number -> "integer " + number;
      case Number number -> "number " + number;
      case int[] numbers -> numbers.length + " numbers";
      case CharSequence text -> "text " + text;
      default -> "other";
    };
  }

  private static String withConditions(Object value) {
    return switch (value) {
      case String text when text.isEmpty() -> "nothing";
      case String text when text.length() > 3 -> "long";
      case String _ -> "short";
      case Integer number when number > 3 -> "many";
      case Object _ -> "other";
    };
  }

  private static String withRecords(Shape shape) {
    return switch (shape) {
      case Circle(int radius) when radius > 3 -> "large";
      case Circle(int radius) -> "circle " + radius;
      case Pair(String left, Integer right) -> left + right;
      case Pair(Integer left, Integer right) when left > right -> left + " > " + right;
      case Pair(Object left, Integer right) -> right + " and " + left;
      case Pair(Object left, Object right) -> left + " and " + right;
    };
  }
}
