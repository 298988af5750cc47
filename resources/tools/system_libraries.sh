#!/bin/sh
# Libraries of the system that Qt needs (Debian, Ubuntu): installed when root, else the exact command is printed.
# With "tests": also what the tests use to look at documents and to drive a real window.
set -eu
needed="libglib2.0-0 libgl1 libxkbcommon0 libegl1 libfreetype6 libfontconfig1 libdbus-1-3"
window="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
tests="xvfb poppler-utils libreoffice-calc-nogui"
command -v dpkg-query >/dev/null 2>&1 || exit 0 # another system: its Qt packages are its own
wanted="$needed $window"
[ "${1:-}" = tests ] && wanted="$wanted $tests"
missing=""
for package in $wanted; do
    # Ubuntu 24.04 renamed some packages with a t64 suffix.
    dpkg-query -W -f='${Status}\n' "$package" "${package}t64" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ]; then
    echo "Installation des bibliothèques du système :$missing"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Il manque des bibliothèques du système. Lancez :"
    echo "    sudo apt-get install$missing"
    exit 1
fi
