#!/bin/sh
# Installs fetch @VERSION@ for one user, or for all with --prefix=/usr/local.
set -eu

version='@VERSION@'
from='@FROM@'
prefix=${HOME:-}/.local
action=install
# Beside the files of the release, it takes those.
case $0 in
  install.sh) here=. ;;
  */install.sh) here=${0%/*} ;;
  *) here= ;;
esac
if [ -n "$here" ] && [ -f "$here/SHA256SUMS" ]; then from=$here; fi

usage() {
  cat <<END
Usage: sh install.sh [--prefix=DIR] [--from=URL|DIR]
       sh install.sh --uninstall [--prefix=DIR]
Installs fetch $version: the command DIR/bin/fetch, its manual page, and completion for bash, zsh and fish.

  --prefix=DIR     Install below this directory. Default: ~/.local.
  --from=URL|DIR   Take SHA256SUMS and the archive from here. Default:
                   $from
  --uninstall      Remove what this script installed.
  --help           Print this text.
END
}

fail() {
  printf 'install.sh: %s\n' "$1" >&2
  exit 1
}

while [ $# -gt 0 ]; do
  case $1 in
    --prefix=*) prefix=${1#*=} ;;
    --from=*) from=${1#*=} ;;
    --prefix | --from)
      [ $# -gt 1 ] || fail "$1 needs a value; see --help"
      if [ "$1" = --prefix ]; then prefix=$2; else from=$2; fi
      shift
      ;;
    --uninstall) action=uninstall ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) fail "unknown option $1; see --help" ;;
  esac
  shift
done
case $prefix in
  /.local) fail 'HOME is not set: say where to install with --prefix=DIR' ;;
  '') fail '--prefix is empty' ;;
  *:*) fail "$prefix: Java cannot run from a directory with a colon in its name; use another --prefix" ;;
  /*) ;;
  *) prefix=$PWD/$prefix ;;
esac

home=$prefix/lib/fetch-urls
# Each link, and what it leads to from there.
links='bin/fetch ../lib/fetch-urls/bin/fetch
share/man/man1/fetch.1 ../../../lib/fetch-urls/share/man/man1/fetch.1
share/bash-completion/completions/fetch ../../../lib/fetch-urls/share/bash-completion/completions/fetch
share/zsh/site-functions/_fetch ../../../lib/fetch-urls/share/zsh/site-functions/_fetch
share/fish/vendor_completions.d/fetch.fish ../../../lib/fetch-urls/share/fish/vendor_completions.d/fetch.fish'

is_ours() { # whether this script made the link
  [ -h "$prefix/$1" ] && [ "$(readlink "$prefix/$1")" = "$2" ]
}

if [ $action = uninstall ]; then
  [ -d "$home" ] || fail "fetch is not installed in $prefix; if it is elsewhere, use --prefix=DIR"
  printf '%s\n' "$links" | while read -r link target; do
    if is_ours "$link" "$target"; then rm -f "$prefix/$link"; fi
    directory=$prefix/${link%/*}
    while [ "$directory" != "$prefix" ] && rmdir "$directory" 2>/dev/null; do directory=${directory%/*}; done
  done
  rm -rf "$home"
  rmdir "$prefix/lib" 2>/dev/null || :
  printf 'Removed fetch from %s\n' "$prefix"
  exit 0
fi

case $(uname -s) in
  Linux) system=linux ;;
  Darwin) system=macos ;;
  *) fail "no archive for $(uname -s); for Windows take the zip file" ;;
esac
case $(uname -m) in
  x86_64 | amd64) processor=x64 ;;
  aarch64 | arm64) processor=arm64 ;;
  *) fail "no archive for the processor $(uname -m)" ;;
esac
if [ $system = linux ]; then
  glibc=
  for loader in /lib/ld-linux-* /lib64/ld-linux-*; do
    if [ -e "$loader" ]; then glibc=yes; fi
  done
  [ -n "$glibc" ] || fail 'fetch needs the GNU C library, which this Linux (Alpine, for example) does not have'
fi

printf '%s\n' "$links" | while read -r link target; do
  if { [ -e "$prefix/$link" ] || [ -h "$prefix/$link" ]; } && ! is_ours "$link" "$target"; then
    fail "$prefix/$link exists and is not from this script; move it away, or use another --prefix"
  fi
done

name=fetch-urls-$version-$system-$processor
archive=$name.tar.gz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

get() { # a file of the release
  case $from in
    *://*)
      if command -v curl >/dev/null; then
        curl -fsSL --retry 2 -o "$work/$1" "${from%/}/$1"
      elif command -v wget >/dev/null; then
        wget -q -O "$work/$1" "${from%/}/$1"
      else
        fail 'neither curl nor wget is there: download the files and use --from=DIR'
      fi
      ;;
    *) cp "$from/$1" "$work/$1" ;;
  esac || fail "cannot get $1 from $from"
}

get SHA256SUMS
expected=$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]$archive\$/\1/p" "$work/SHA256SUMS")
[ -n "$expected" ] || fail "SHA256SUMS of $from has no line for $archive"
get "$archive"
if command -v sha256sum >/dev/null; then
  actual=$(sha256sum "$work/$archive")
else
  actual=$(shasum -a 256 "$work/$archive")
fi
actual=${actual%% *}
[ "$actual" = "$expected" ] || fail "$archive is damaged or not the one of the release: SHA-256 is $actual, not $expected"

mkdir -p "$prefix/lib" || fail "cannot write to $prefix; use --prefix=DIR"
# The new files are complete before they take the place of the old ones.
rm -rf "$home.new" "$home.old"
mkdir "$home.new"
tar -xzf "$work/$archive" -C "$home.new" --strip-components=1
"$home.new/bin/fetch" --version >/dev/null || {
  rm -rf "$home.new"
  fail 'the new fetch does not run on this machine'
}
if [ -d "$home" ]; then mv "$home" "$home.old"; fi
mv "$home.new" "$home"
rm -rf "$home.old"
printf '%s\n' "$links" | while read -r link target; do
  mkdir -p "$prefix/${link%/*}"
  ln -sf "$target" "$prefix/$link"
done

printf 'Installed %s in %s\n' "$("$prefix/bin/fetch" --version)" "$prefix"
case :$PATH: in
  *":$prefix/bin:"*) ;;
  *) printf 'To run it as fetch, put this into your shell profile: export PATH="%s/bin:$PATH"\n' "$prefix" ;;
esac
