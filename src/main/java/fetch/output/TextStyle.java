package fetch.output;

/**
 * How text is presented.
 *
 * @param aligned whether in columns, with sizes and times in readable units
 * @param coloured whether it has colours
 */
public record TextStyle(boolean aligned, boolean coloured) {
  /** The documented form, for programs. */
  public static final TextStyle PLAIN = new TextStyle(false, false);

  /** Text in a colour, if there are colours. */
  String paint(Colour colour, String text) {
    return coloured && !text.isEmpty() && colour != Colour.DEFAULT ? colour.paint(text) : text;
  }
}
