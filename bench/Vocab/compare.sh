#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tokens per word on a text that was held out: a vocabulary learnt from all other texts of its folder, beside Google's, whole and cut
# to the same size. What each line means is said in docs/guides/vocab.md.
#
#   bash bench/Vocab/compare.sh FOLDER_OF_TEXTS HELD_OUT.txt GOOGLES_VOCAB.txt [SIZE]
set -Eeuo pipefail
export LC_ALL=C

fail() {
    echo "compare.sh: $1" >&2
    exit 2
}

# Nothing ends without a word: not a program in the middle of a pipe either.
trap 'echo "compare.sh: line $LINENO failed: $BASH_COMMAND" >&2' ERR

[ $# -ge 3 ] || fail "expected FOLDER_OF_TEXTS HELD_OUT.txt GOOGLES_VOCAB.txt [SIZE]"
texts=$1 held_out=$2 google=$3 size=${4:-8000}
bert=${BERT:-$(dirname "$0")/../../artifacts/bin/Cli/release/bert}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ -f "$texts/$held_out" ] || fail "there is no text '$texts/$held_out' to hold out"
[ -f "$google" ] || fail "there is no vocabulary '$google'"
training=()
for text in "$texts"/*.txt; do
    [ "$text" = "$texts/$held_out" ] || [ ! -f "$text" ] || training+=("$text")
done
[ ${#training[@]} -gt 0 ] || fail "expected other texts beside '$held_out' in '$texts' to learn from, found none"

# What it says is no part of the table, and a comma in a name parts names.
learn() { "$bert" vocab --input-file "$inputs" --vocab-size "$size" "$@" >&2; }
inputs=$(IFS=,; echo "${training[*]}")
[ "$(tr -cd , <<< "$inputs" | wc -c)" -lt ${#training[@]} ] || fail "'$texts' or a text in it has a comma in its name; rename it"
learn --output-file "$work/learnt.txt"
learn --surplus 0 --output-file "$work/merged.txt"

# How often each of Google's tokens is in the training texts, by Google's own rules.
cat -- "${training[@]}" | "$bert" tokenize --vocab-file "$google" --input-file - --tokens | tr ' ' '\n' | grep . | sort | uniq -c |
    awk '{print $1 "\t" $2}' > "$work/counts"

# Single characters, whether they begin or continue a word; in UTF-8 a character has one byte that is no continuation byte.
characters() { sed 's/^##//' "$1" | awk '{s = $0; gsub(/[\200-\277]/, "", s); print (length(s) == 1)}' | paste - "$1" | awk -F'\t' '$1 {print $2}'; }
printf '%s\n' '[PAD]' '[UNK]' '[CLS]' '[SEP]' '[MASK]' > "$work/special"

# Special tokens, single characters, then the most frequent others, until there are as many as asked for.
cut_to_size() {
    cat "$work/special" "$1" > "$2"
    sort -t "$(printf '\t')" -k1,1nr -k2,2 "$work/counts" | cut -f 2 | awk -v size="$size" -v kept="$2" '
        BEGIN { while ((getline token < kept) > 0) { seen[token] = 1; n++ } }
        !($0 in seen) && n < size { print; n++ }' > "$work/more"
    cat "$work/more" >> "$2"
}

characters "$google" > "$work/all-characters"
characters "$work/learnt.txt" | grep -Fxf - "$google" > "$work/needed-characters"
cut_to_size "$work/all-characters" "$work/cut-all.txt"
cut_to_size "$work/needed-characters" "$work/cut-needed.txt"

# A word has one token without ##.
report() {
    "$bert" tokenize --vocab-file "$2" --input-file "$texts/$held_out" --tokens | tr ' ' '\n' | grep . | awk -v name="$1" -v pieces="$(wc -l < "$2")" '
        { tokens++ } !/^##./ { words++ } /^\[UNK\]$/ { unknown++ }
        END { printf "%-44s %6d pieces  %.4f tokens per word  %d [UNK] of %d words\n", name, pieces, tokens / words, unknown, words }'
}

report "learnt from the other texts" "$work/learnt.txt"
report "learnt without surplus" "$work/merged.txt"
report "Google's, cut, all its characters kept" "$work/cut-all.txt"
report "Google's, cut, the texts' characters kept" "$work/cut-needed.txt"
report "Google's, whole" "$google"
