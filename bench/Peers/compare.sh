#!/usr/bin/env bash
# Runs BertManaged and its peers in turn and writes the table of README.md. Usage, all arguments optional:
#   compare.sh --pairs 5 --steps 8 --threads 2 --mrpc DIR --vocab FILE --text FILE --model DIR --rows TEXT --readme FILE
# Rows whose data is not given are left out and named. The folder OUT (default: TMPDIR/bertmanaged-peers) keeps what is built and recorded.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=${OUT:-${TMPDIR:-/tmp}/bertmanaged-peers}
mkdir -p "$out"

dotnet build "$root/src/Cli" -c Release -v quiet --nologo >&2
peer=$("$here/prepare.sh" "$out/program" | tail -n 1)
exec "$peer" compare --folder "$out" --bert "$root/artifacts/bin/Cli/release/bert" --peer "$peer" --readme "$root/README.md" "$@"
