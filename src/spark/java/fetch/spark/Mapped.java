package fetch.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies a function to each element, and omits null results. For one thread.
 *
 * @param <T> of the elements
 * @param <R> of the results
 */
final class Mapped<T, R> implements Iterator<R> {
  private final Iterator<T> elements;
  private final Function<T, @Nullable R> function;
  private @Nullable R next;

  Mapped(Iterator<T> elements, Function<T, @Nullable R> function) {
    this.elements = elements;
    this.function = function;
  }

  @Override
  public boolean hasNext() {
    while (next == null && elements.hasNext()) {
      next = function.apply(elements.next());
    }
    return next != null;
  }

  @Override
  public R next() {
    R result = hasNext() ? next : null;
    if (result == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return result;
  }
}
