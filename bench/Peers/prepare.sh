#!/usr/bin/env bash
# Builds the program of the peers and makes their native libraries loadable. Usage: prepare.sh [OUT]
# The last line it prints is the command to start the program with: OUT/peers.
#
# TorchSharp's library asks for GLIBCXX_3.4.32, which the libstdc++ of Debian 12 lacks. It needs one symbol of that version, which
# does nothing where streams are initialised anyway. There the need is marked weak, and the symbol comes from a library made here.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-${TMPDIR:-/tmp}/bertmanaged-peers/program}
mkdir -p "$out"
out=$(cd "$out" && pwd)
version=GLIBCXX_3.4.32

dotnet publish "$here/Peers.csproj" -c Release -o "$out/bin" -v quiet --nologo >&2
preload=()
system=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | sed -n 's/.*libstdc++\.so\.6 .*x86-64.*=> //p' | head -n 1)
if [ -n "$system" ] && ! grep -q "$version" "$system"; then
    printf 'void _ZSt21ios_base_library_initv(void) {}\n' > "$out/stub.c"
    cc -shared -fPIC -o "$out/bin/libstub.so" "$out/stub.c"
    "$out/bin/Peers" weaken --library "$out/bin/libLibTorchSharp.so" --version "$version"
    # By its name alone: what is preloaded cannot have a space in its path.
    preload=("LD_PRELOAD=libstub.so")
fi

printf '#!/usr/bin/env bash\nexec env%s "$@"\n' \
    "$(printf ' %q' "${preload[@]}" "LD_LIBRARY_PATH=$out/bin" "$out/bin/Peers")" > "$out/peers"
chmod +x "$out/peers"
echo "$out/peers"
