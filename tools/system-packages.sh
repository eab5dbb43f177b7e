#!/bin/sh
# What tests and pictures need besides Python: Debian packages (a browser, a reader of PDF files, what filters GitHub's
# answers), and the Nu HTML checker, which npm brings and Java runs.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v jq >/dev/null 2>&1 || missing="$missing jq"
command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing:$missing"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    else
        echo "Missing:$missing. Please install them (on Debian: sudo apt-get install$missing); tests that need them will be skipped, loudly." >&2
    fi
fi

checker=vnu-jar@26.9.27
place="$(dirname "$0")/../build/vnu"
[ ! -f "$place/package/build/dist/vnu.jar" ] || exit 0
if ! command -v npm >/dev/null 2>&1; then
    echo "Missing: npm, which brings the HTML checker $checker; the test that needs it will be skipped, loudly." >&2
    exit 0
fi
echo "Fetching: $checker"
mkdir -p "$place"
if (cd "$place" && npm pack --silent "$checker" >/dev/null && tar xzf vnu-jar-*.tgz && rm vnu-jar-*.tgz); then
    exit 0
fi
rm -rf "$place"
echo "$checker could not be fetched; the test that needs it will be skipped, loudly." >&2
