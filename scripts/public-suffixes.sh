#!/usr/bin/env bash
# Makes the list of public suffixes that is built into ActionMail.Protocol anew, from a copy of the one at
# https://publicsuffix.org/list/public_suffix_list.dat:
#
#   scripts/public-suffixes.sh public_suffix_list.dat COMMIT DATE
#
# COMMIT and DATE say which state of github.com/publicsuffix/list the copy is.
set -euo pipefail
[[ $# -eq 3 && -f "$1" ]] || { echo "usage: $0 FILE COMMIT DATE" >&2; exit 2; }
target="$(dirname "$0")/../src/ActionMail.Protocol/Providers/PublicSuffixes/public-suffixes.txt"
{
    cat <<HEAD
// This Source Code Form is subject to the terms of the Mozilla Public
// License, v. 2.0. If a copy of the MPL was not distributed with this
// file, You can obtain one at https://mozilla.org/MPL/2.0/.
//
// The rules of the Public Suffix List, https://publicsuffix.org, without its comments and in its order.
// State: github.com/publicsuffix/list, commit $2 of $3. Made by scripts/public-suffixes.sh; do not edit.
HEAD
    # A rule ends at the first white space. https://github.com/publicsuffix/list/wiki/Format
    sed -e 's/\r$//' -e 's/[[:space:]].*$//' -e '/^\/\//d' -e '/^$/d' "$1"
} >"$target.new"
mv "$target.new" "$target"
echo "$(grep -c -v '^//' "$target") rules"
