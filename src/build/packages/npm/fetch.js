#!/usr/bin/env node
// Runs fetch of the package for this platform.
"use strict";
const { spawn } = require("child_process");
const path = require("path");

const system = { win32: "windows", darwin: "macos" }[process.platform] || process.platform;
const platform = `@fetch-urls/${system}-${process.arch}`;
let home;
try {
  home = path.dirname(require.resolve(`${platform}/package.json`));
} catch {
  console.error(
    `fetch: the package ${platform} is not there: install fetch-urls again, with optional dependencies; ` +
      "if there is no such package, fetch does not run on this platform",
  );
  process.exit(70);
}

/** A word of a command line that cmd.exe reads. */
function escaped(word) {
  return word.replace(/[()%!^"<>&|;, *?[\]`]/g, "^$&");
}

/** An argument for a batch file: cmd.exe reads it twice before Java takes off the quotes. */
function quoted(argument) {
  return escaped(escaped(`"${argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\*)$/, "$1$1")}"`));
}

const given = process.argv.slice(2);
let child;
if (process.platform === "win32") {
  const line = [escaped(path.join(home, "bin", "fetch.cmd")), ...given.map(quoted)].join(" ");
  child = spawn(process.env.ComSpec || "cmd.exe", ["/d", "/s", "/c", `"${line}"`], {
    stdio: "inherit",
    windowsVerbatimArguments: true,
  });
} else {
  child = spawn(path.join(home, "bin", "fetch"), given, { stdio: "inherit" });
}

// Ctrl-C in a terminal reaches fetch by itself; a second SIGINT would end it at once.
const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
process.on("SIGINT", () => atTerminal || child.kill("SIGINT"));
for (const signal of ["SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("error", (error) => {
  console.error(`fetch: the program in ${home} does not start: ${error.message}`);
  process.exit(70);
});
child.on("exit", (code, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else {
    process.exit(code);
  }
});
