@echo off
rem Starts fetch on the Java runtime beside it, as bin/fetch does, which gives reasons and figures.
rem The arguments stand in no block, no IF and no quotes of this file: cmd would read them as commands.
setlocal DisableDelayedExpansion
call :find_home

if not exist "%home%\runtime\bin\java.exe" (
  echo fetch: "%home%\runtime\bin\java.exe" is not there: this copy of fetch is incomplete, install it again>&2
  exit /b 70
)

rem Options for other Java programs do not apply here, and Java would print them to stderr.
set "JAVA_TOOL_OPTIONS="
set "JDK_JAVA_OPTIONS="
set "_JAVA_OPTIONS="

set "compiler="
set "heap=-Xms29m -XX:NewSize=21m -XX:MaxNewSize=512m -XX:NewRatio=1 -XX:MaxRAMPercentage=50 -XX:+UseCompressedOops"
set "terminals="

rem What follows only looks. It may lose exclamation marks, so the JVM does not start in it.
setlocal EnableDelayedExpansion
set words=%*

rem The program timeout refuses to start unless standard input is a console.
if not defined words "%SystemRoot%\System32\timeout.exe" /t 0 >nul 2>nul && set "terminals=0"

set "options=- !words! !FETCH_OPTS!"
if not "!options:blake3=!"=="!options!" set "compiler=-XX:TieredStopAtLevel=4"
for %%A in (!words!) do if not "%%~zA"=="" if %%~zA geq 8388608 set "compiler=-XX:TieredStopAtLevel=4 -XX:Tier3DelayOn=0 -XX:Tier3DelayOff=0"

set "options=- !FETCH_JAVA_OPTS!"
if not "!options:-Xm=!"=="!options!" set "heap="
if not "!options:HeapSize=!"=="!options!" set "heap="
if not "!options:NewSize=!"=="!options!" set "heap="
endlocal & set "compiler=%compiler%" & set "heap=%heap%" & set "terminals=%terminals%"

"%home%\runtime\bin\java.exe" @JVM_OPTIONS@ %compiler% %heap% "-XX:AOTCache=%home%\lib\@CACHE@" -Dfetch.terminals=%terminals% %FETCH_JAVA_OPTS% -cp "@CLASS_PATH@" fetch.cli.Main %*
exit /b %errorlevel%

:find_home
rem In a subroutine the directory of this file is right, even if it was started as a quoted name.
set "home=%~dp0.."
exit /b
