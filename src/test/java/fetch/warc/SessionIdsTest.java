package fetch.warc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules are those of surt 0.3.1. */
class SessionIdsTest {
  private static final String ID = "09az09az09az09az09az09az09az09az";
  private static final String ASP_ID = "azazazazazazazazazazazaz";
  private static final String ASPX_ID = "09az09az09az09az09az09az";

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "sid=" + ID + " ``",
        "a=1&jsessionid=" + ID + "&b=2 a=1&b=2",
        "phpsessid=" + ID + "&b=2 b=2",
        "asid=" + ID + "&b=2 ab=2",
        "aspsessionidazazazaz=" + ASP_ID + " ``",
        "a=1&aspsessionidazazazaz=" + ASP_ID + "&b=2 a=1&b=2",
        "cfid=a&cftoken=b ``",
        "a=1&cfid=a&cftoken=b&c=2 a=1&c=2",
        "cfid=1&cftoken=2&cfid=3&cftoken=4 cfid=1&cftoken=2&"
      })
  void areRemovedFromAQuery(String query, String rest) {
    assertThat(SessionIds.withoutQuery(query)).isEqualTo(rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sid=",
        "sid=09az09az09az09az09az09az09az09a",
        "sid=09az09az09az09az09az09az09az09az0",
        "sid=09az09az09az09az09az09az09az09a`",
        "sid=09az09az09az09az09az09az09az09a{",
        "sid=09az09az09az09az09az09az09az09a/",
        "sid=09az09az09az09az09az09az09az09a:",
        "sid=09az09az09az09az09az09az09az09az;a",
        "aspsessionidazazaza=" + ASP_ID,
        "aspsessionidazazazaza=" + ASP_ID,
        "aspsessionidazazazaz" + ASP_ID,
        "aspsessionidazazazaz=" + ASPX_ID,
        "aspsessionidazazaza{=" + ASP_ID,
        "aspsessionidazazazaz=azazazazazazazazazazaza",
        "aspsessionidazazazaz=azazazazazazazazazazazaza",
        "cfid=a",
        "cfid=a&cftoken=",
        "cfid=a&cftoken=&b=c",
        "cfid=&cftoken=b",
        "cfid=a&b=c&cftoken=d",
        "cftoken=a&cfid=b"
      })
  void areOnlyThoseOfTheRightLength(String query) {
    assertThat(SessionIds.withoutQuery(query)).isEqualTo(query);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/(s(" + ASPX_ID + "))/b.aspx /b.aspx",
        "/a/(s(" + ASPX_ID + ")f(" + ASPX_ID + "))/b.aspx /a/b.aspx",
        "/a/(z(" + ASPX_ID + "))/b/c.aspx/d /a/b/c.aspx/d",
        "/(" + ASPX_ID + ")/b.aspx /b.aspx",
        "/(" + ASPX_ID + ")/b.aspx?c.aspx /b.aspx?c.aspx",
        "/(" + ASPX_ID + ")/a/(" + ASPX_ID + ")/b.aspx /(" + ASPX_ID + ")/a/b.aspx"
      })
  void areRemovedFromThePathOfAPage(String path, String rest) {
    assertThat(SessionIds.withoutPath(path)).isEqualTo(rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/()/b.aspx",
        "/(s())/b.aspx",
        "/(s)/b.aspx",
        "/(1(" + ASPX_ID + "))/b.aspx",
        "/(st(" + ASPX_ID + "))/b.aspx",
        "/(s(" + ASPX_ID + "0))/b.aspx",
        "/(s(" + ASPX_ID + ")/b.aspx",
        "/(" + ASPX_ID + "/b.aspx",
        "/(" + ASPX_ID + ")b.aspx",
        "/(" + ASPX_ID + "0)/b.aspx",
        "/a(" + ASPX_ID + ")/b.aspx",
        "/(" + ASPX_ID + ")/b.asp",
        "/(" + ASPX_ID + ")/.aspx",
        "/(" + ASPX_ID + ")/b?c.aspx",
        "/(" + ASPX_ID + ")/?.aspx"
      })
  void areKeptInOtherPaths(String path) {
    assertThat(SessionIds.withoutPath(path)).isEqualTo(path);
  }
}
