package fetch.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the figures mean.
 *
 * @param warnings a sentence each: why they may not mean what they seem to
 * @param advice null when nothing was measured
 */
public record Conclusion(List<String> warnings, @Nullable Advice advice) {}
