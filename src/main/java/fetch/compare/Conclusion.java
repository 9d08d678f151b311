package fetch.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Interprets the figures.
 *
 * @param warnings sentences that say why the figures may mislead
 * @param advice null if nothing was measured
 */
public record Conclusion(List<String> warnings, @Nullable Advice advice) {}
