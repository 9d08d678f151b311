#!/usr/bin/env python3
"""Shows where fetch's processor time goes, beside curl's whole time, on the lists of peers.py.

    src/bench/floor.py [--cases NAME,...] [--curl PATH]

Prints a table in Markdown, a line for each case: processor seconds of curl, of fetch, and of fetch by the
code that ran. The last column is what would remain if fetch's own code took no time. From one run each, with
Linux's perf and 1,000 samples a second; the map of compiled code makes the run a little longer.

    kernel       system calls, most of them on sockets and files
    TLS          BoringSSL
    JVM          loading of classes, garbage collection, locks, waits of virtual threads
    interpreter  Java code, of whatever library, that is not compiled yet
    compiler     C1 or C2
    JDK, OkHttp, fetch   compiled code; OkHttp with Okio and Kotlin's library, fetch with all other libraries

Needs what peers.py needs, and perf. Debian: linux-perf.
"""

import argparse
import collections
import os
import pathlib
import re
import shlex
import subprocess

import peers

CASES = ("one", "hundred", "10k", "100k", "2000 hosts", "10k TLS", "HTTP/2", "100 ms", "5000 in flight",
         "1 MB bodies", "save 1 KB")
COLUMNS = ("kernel", "TLS", "JVM", "interpreter", "compiler", "JDK", "OkHttp", "fetch")
RATE = 1000  # samples a second
MAPS = pathlib.Path("/tmp")  # where Java writes them
SAMPLE = re.compile(r"\s*(.+?)\s+[0-9a-f]{6,}\s+(.*)\s+\((.*)\)\s*$")
METHOD = re.compile(r"(?:^|\s)((?:[\w$]+\.)+)[\w$<>-]+\(")


def place(thread, symbol, binary):
    """The column of a sample."""
    if "Compiler" in thread:
        return "compiler"
    if "kernel" in binary or binary.startswith("["):
        return "kernel"
    if "netty_tcnative" in binary:
        return "TLS"
    if ".map" not in binary:
        return "JVM"
    if symbol.startswith(("Interpreter", "[unknown]")):
        return "interpreter"
    method = METHOD.search(symbol)
    if not method:
        return "JVM"  # its stubs
    package = method[1].split(".")[0]
    return {"java": "JDK", "jdk": "JDK", "sun": "JDK", "javax": "JDK",
            "okhttp3": "OkHttp", "okio": "OkHttp", "kotlin": "OkHttp"}.get(package, "fetch")


def profile(tools, command):
    """Column -> processor seconds of one run."""
    peers.put_aside(tools.saved)
    maps = set(MAPS.glob("perf-*.map"))
    options = "-XX:+UnlockDiagnosticVMOptions -XX:+DumpPerfMapAtExit -Dfetch.exit=orderly"
    data = tools.folder / "perf.data"
    subprocess.run(
        ["perf", "record", "-q", "-e", "cpu-clock", "-F", str(RATE), "-o", data, "--", *shlex.split(command)],
        env=os.environ | {"FETCH_JAVA_OPTS": options}, check=False, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    script = subprocess.run(["perf", "script", "-i", data, "-F", "comm,ip,sym,dso"],
                            capture_output=True, text=True, check=True).stdout
    for ours in set(MAPS.glob("perf-*.map")) - maps:
        ours.unlink()
    samples = collections.Counter(
        place(*sample.groups()) for line in script.splitlines() if (sample := SAMPLE.match(line)))
    return {column: samples[column] / RATE for column in COLUMNS}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cases", default=",".join(CASES), help="names, separated by commas")
    options.add_argument("--curl", default="curl", metavar="PATH")
    given = options.parse_args()
    print(f"| case | curl | fetch | {' | '.join(COLUMNS)} | without fetch's |\n|---|{'---:|' * (len(COLUMNS) + 3)}")
    with peers.served(["fetch", "curl"], given.curl) as tools:
        for case in given.cases.split(","):
            commands = tools.commands(case)
            curl = peers.run(tools.folder, tools.saved, commands["curl"])[1] if "curl" in commands else 0
            seconds = profile(tools, commands["fetch"])
            total = sum(seconds.values())
            cells = [curl, total, *seconds.values(), total - seconds["fetch"]]
            print(f"| {case} | {' | '.join(f'{x:.2f}' for x in cells)} |", flush=True)


if __name__ == "__main__":
    main()
