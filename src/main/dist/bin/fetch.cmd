@echo off
rem Starts fetch on the Java runtime that lies beside it.
setlocal DisableDelayedExpansion
set "home=%~dp0.."

if not exist "%home%\runtime\bin\java.exe" (
  echo fetch: "%home%\runtime\bin\java.exe" is not there: this copy of fetch is incomplete, install it again>&2
  exit /b 70
)

rem Options meant for other Java programs don't apply here, and Java would announce them on stderr.
set "JAVA_TOOL_OPTIONS="
set "JDK_JAVA_OPTIONS="
set "_JAVA_OPTIONS="

rem The heap starts small and follows what is in flight, unless the user says how large it may be.
set "heap=-Xms29m -XX:NewSize=21m -XX:MaxNewSize=512m -XX:NewRatio=1 -XX:MaxRAMPercentage=50 -XX:+UseCompressedOops"
if defined FETCH_JAVA_OPTS set "heap="

"%home%\runtime\bin\java.exe" @JVM_OPTIONS@ %heap% "-XX:AOTCache=%home%\lib\@CACHE@" %FETCH_JAVA_OPTS% -cp "@CLASS_PATH@" fetch.cli.Main %*
