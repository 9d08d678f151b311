package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ColumnTest {
  @Test
  void isAFieldOrWhatTheListSays() {
    assertThat(Column.parse("urlnum, meta ,meta.x,meta.a b"))
        .containsExactly(
            Field.URLNUM, MetaColumn.WHOLE, new MetaColumn("x"), new MetaColumn("a b"));
  }

  @Test
  void needsANameAfterThePrefix() {
    assertThatThrownBy(() -> Column.parse("meta."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no field 'meta.'");
  }

  @Test
  void isNothingThatNoFieldIsCalled() {
    assertThatThrownBy(() -> Column.parse("urlnum,,input"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no field ''");
    assertThatThrownBy(() -> Column.parse("metal"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no field 'metal'");
  }
}
