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

rem The heap starts small, unless its largest size may be given: fetch collects it when it has doubled.
set "heap=-Xms32m"
if defined FETCH_JAVA_OPTS set "heap="

"%home%\runtime\bin\java.exe" @JVM_OPTIONS@ -Xmx2g -Xmn24m %heap% "-XX:AOTCache=%home%\lib\@CACHE@" %FETCH_JAVA_OPTS% -cp "@CLASS_PATH@" fetch.cli.Main %*
