#!/bin/sh
# Writes a Swift file that holds the texts of files, in the order given: embed.sh OUTPUT NAME FILE…
set -eu
output=$1 name=$2
shift 2
{
    printf 'extension EmbeddedFile {\n    public static let %s: [EmbeddedFile] = [\n' "$name"
    for file in "$@"; do
        printf 'EmbeddedFile(name: "%s", text: ####"""\n' "${file##*/}"
        cat "$file"
        # The newline before the delimiter is no part of the text.
        printf '\n"""####),\n'
    done
    printf '    ]\n}\n'
} >"$output"
