#!/bin/sh
# Proves a bundle where there is no network: as root, `packaging/prove_offline.sh dist/chengwen-….tar`.
#
# In a network namespace that has loopback and no route, an ordinary user installs from the archive, drafts with the embedded model (by rule where the
# bundle has none) and serves; a browser logs in and exports. What tried to leave is what the kernel counted as "no route" in the namespace; the resolver
# is an address beyond loopback there, so that a question for a name counts as well. That the counting counts is tried first.
# Needs ip(8), unshare(1), strace(1), Chromium, and a Python with Playwright: BROWSER_PYTHON, by default .venv/bin/python.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
bundle=$(readlink -f -- "${1:?which archive?}")
browser_python=${BROWSER_PYTHON:-$root/.venv/bin/python}

if [ "${2:-}" != inside ]; then
    [ "$(id -u)" = 0 ] || { echo "prove_offline.sh: a network namespace takes root" >&2; exit 2; }
    exec unshare --net --mount --fork -- "$0" "$bundle" inside
fi

# Here begins what runs in the namespace.
room=$(mktemp -d)
server=''
end() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    umount /etc/resolv.conf 2>/dev/null || true
    rm -rf -- "$room"
}
trap end EXIT
chmod 755 "$room"
ip link set lo up
echo 'nameserver 192.0.2.53' >"$room/resolv.conf"
chmod 644 "$room/resolv.conf"
mount --bind "$room/resolv.conf" "$(readlink -f /etc/resolv.conf)"

as_user() { setpriv --reuid=65534 --regid=65534 --clear-groups -- env -i HOME="$room/home" PATH=/usr/bin:/bin LANG=C.UTF-8 CHENGWEN_USER=张三 "$@"; }
# Packets and connections for which there was no route, IPv4 and IPv6.
tried() {
    awk '$1 == "Ip:" { if (!n) { for (i = 2; i <= NF; i++) if ($i == "OutNoRoutes") n = i } else v = $n } END { printf "%d ", v }' /proc/net/snmp
    awk '$1 == "Ip6OutNoRoutes" { v = $2 } END { printf "%d\n", v }' /proc/net/snmp6
}
total() { tried | awk '{ print $1 + $2 }'; }
now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f s", b - a }'; }
step() { printf '%-44s %10s   %s tried to leave\n' "$1" "$2" "$3"; }
measured() { # NAME COMMAND…
    name=$1
    shift
    from=$(total)
    begin=$(now)
    "$@" || { echo "prove_offline.sh: $name failed" >&2; exit 1; }
    step "$name" "$(since "$begin")" "$(($(total) - from))"
}

echo "routes: $(ip route show table all | grep -v -c -e '^local' -e '^broadcast' -e '^multicast' -e ' dev lo ' || true); interfaces: $(ip -br link | awk '{ printf "%s ", $1 }')"
from=$(total)
as_user python3 -c 'import socket, contextlib
for to in ("192.0.2.1", "2001:db8::1"):
    with contextlib.suppress(OSError): socket.create_connection((to, 443), 2)
with contextlib.suppress(OSError): socket.getaddrinfo("example.org", 443)'
control=$(($(total) - from))
[ "$control" -ge 3 ] || { echo "prove_offline.sh: the counting does not count ($control)" >&2; exit 1; }
echo "control: two connections and one name asked for on purpose, $control counted"

install -d -o 65534 -g 65534 "$room/home" "$room/bundle"
measured "unpack" as_user tar -xf "$bundle" -C "$room/bundle"
folder=$(printf '%s\n' "$room"/bundle/chengwen-*)
measured "install" as_user sh "$folder/install.sh"
chengwen=$room/home/.local/bin/chengwen
model=composer
for file in "$folder"/weights/*.gguf; do
    [ ! -f "$file" ] || { model=${file##*/}; model=gguf:${model%.gguf}; }
done
cp "$root/evals/cases/campus-2024h1.brief.yaml" "$room/home/上半年.brief.yaml"
chmod 644 "$room/home/上半年.brief.yaml"
# shellcheck disable=SC2016
home() { as_user sh -c 'cd "$HOME" && exec "$@"' sh "$@"; }
measured "draft with $model" home "$chengwen" draft 上半年.brief.yaml --model "$model" -o out
[ -s "$room/home/out/上半年.docx" ] || [ -n "$(ls "$room"/home/out/*.docx)" ]
measured "verify" home "$chengwen" workspace verify

from=$(total)
begin=$(now)
# The process itself is to be ended, and not a shell that waits for it.
(cd "$room/home" && exec setpriv --reuid=65534 --regid=65534 --clear-groups -- env -i HOME="$room/home" PATH=/usr/bin:/bin LANG=C.UTF-8 \
    CHENGWEN_USER=张三 "$chengwen" serve --port 0) 2>"$room/said" &
server=$!
until grep -q '^→ ' "$room/said"; do
    kill -0 "$server" || { cat "$room/said" >&2; exit 1; }
    [ "$(since "$begin" | cut -d. -f1)" -lt 180 ] || { echo "prove_offline.sh: the server did not start" >&2; exit 1; }
done
url=$(sed -n 's|^→ \(http://[^/]*\)/.*|\1|p' "$room/said")
password=$(sed -n 's|.*一次性密码：\([^（]*\)（.*|\1|p' "$room/said")
python3 -c 'import sys, urllib.request as u; u.urlopen(sys.argv[1] + "/ready", timeout=180)' "$url"
step "serve, until /ready" "$(since "$begin")" "$(($(total) - from))"
from=$(total)
begin=$(now)
PASSWORD="$password" strace -f --seccomp-bpf -qq -e trace=connect -o "$room/connects" \
    "$browser_python" "$root/packaging/prove_offline_browser.py" "$url" "$room/报告.docx" || { echo "prove_offline.sh: the browser failed" >&2; exit 1; }
own=$(grep -c 'ENETUNREACH' "$room/connects" || true)
step "log in and export .docx in the browser" "$(since "$begin")" "$(($(total) - from - own))"
echo "besides, Chromium looked by itself whether there is IPv6, $own times: $(sed -n 's/.*inet_pton([^"]*"\([^"]*\)".*ENETUNREACH.*/\1/p' "$room/connects" | sort -u | tr '\n' ' ')"
kill "$server"
wait "$server" || true
server=''

counted=$(($(total) - control - own))
megabytes() { du -sm -- "$1" | cut -f1; }
echo "sizes: archive $(megabytes "$bundle") MB; installed $(megabytes "$room/home/.local/share/chengwen") MB, of it weights $(
    if [ -d "$room/home/.local/share/chengwen/weights" ]; then megabytes "$room/home/.local/share/chengwen/weights"; else echo 0; fi
) MB; exported $(stat -c %s "$room/报告.docx") bytes"
measured "uninstall" as_user sh "$folder/install.sh" uninstall
echo "tried to leave, but for the control and Chromium's own: $counted"
[ "$counted" = 0 ]
