package fetch.compare;

import fetch.report.Markup;
import fetch.strategy.StrategyKind;

/** Draws the marker of a strategy: a shape, so that charts do not depend on colours. */
final class ChartMarker {
  private ChartMarker() {}

  static Markup at(StrategyKind strategy, double x, double y) {
    Markup mark = new Markup();
    return switch (strategy) {
      case SERIAL, VIRTUAL ->
          mark.add("<circle class=\"mark\" cx=\"%s\" cy=\"%s\" r=\"4\"/>", x, y);
      case POOL ->
          mark.add(
              "<rect class=\"mark\" x=\"%s\" y=\"%s\" width=\"7.4\" height=\"7.4\"/>",
              x - 3.7, y - 3.7);
      case ASYNC -> mark.add("<path class=\"mark\" d=\"M%s %sl4.6 8.2h-9.2z\"/>", x, y - 5.2);
    };
  }

  /** A line with the marker, for a legend. */
  static Markup key(StrategyKind strategy) {
    return new Markup()
        .add("<svg class=\"%s\" viewBox=\"0 0 26 14\" aria-hidden=\"true\">", strategy)
        .add("<path class=\"path\" d=\"M1 7h24\"/>%s</svg>", at(strategy, 13, 7));
  }
}
