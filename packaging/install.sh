#!/bin/sh
# Installs, upgrades and removes Chengwen from this folder, without a network. Messages are one line; what is not finished is taken away.
#
#   sh install.sh [install|upgrade] [--prefix DIR] [--workspace WORKSPACE]... [--python PYTHON] [--from PROGRAM] [--no-link]
#   sh install.sh uninstall [--prefix DIR] [--weights]
#
# prefix/versions/VERSION-BUILD   one environment for each bundle, made under another name and renamed
# prefix/current                  a link to the one in use, replaced in one step
# prefix/weights                  models, for every version
# prefix/bin/chengwen             what people call
set -eu
umask 022
LC_ALL=C
export LC_ALL

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}
misused() {
    printf '%s\n' "$*" >&2
    exit 2
}

main() {
    here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
    verb=install prefix='' workspaces='' python='' former='' link=yes weights=no
    case "${1:-}" in
    install | upgrade | uninstall)
        verb=$1
        shift
        ;;
    esac
    while [ $# -gt 0 ]; do
        case "$1" in
        --prefix | --workspace | --python | --from)
            [ $# -gt 1 ] || misused "$1 后面要写内容"
            case "$1" in
            --prefix) prefix=$2 ;;
            --python) python=$2 ;;
            --from) former=$2 ;;
            --workspace) workspaces="$workspaces$2
" ;;
            esac
            shift
            ;;
        --no-link) link=no ;;
        --weights) weights=yes ;;
        -h | --help)
            sed -n '2,5s/^# \{0,1\}//p' "$here/install.sh"
            exit 0
            ;;
        *) misused "不认识 $1：可用的是 install、upgrade、uninstall，--prefix、--workspace、--python、--from、--no-link、--weights" ;;
        esac
        shift
    done
    [ -n "$prefix" ] || prefix=$(default_prefix)
    case "$prefix" in
    /*) ;;
    *) prefix=$PWD/$prefix ;;
    esac
    case "$verb" in
    uninstall) uninstall ;;
    *) install ;;
    esac
}

default_prefix() {
    case "$here" in # the copy that an installation keeps of this script
    */versions/*) dirname -- "$(dirname -- "$here")" ;;
    *)
        if [ "$(id -u)" = 0 ]; then
            say /opt/chengwen
        else
            [ -n "${HOME:-}" ] || fail "没有设 HOME：用 --prefix 说装到哪里"
            say "${XDG_DATA_HOME:-$HOME/.local/share}/chengwen"
        fi
        ;;
    esac
}

bin_folder() {
    if [ "$(id -u)" = 0 ]; then say /usr/local/bin; else say "${HOME:-$prefix}/.local/bin"; fi
}

install() {
    begun=$(date +%s)
    version=$(cat "$here/VERSION" 2>/dev/null) || fail "$here 里没有 VERSION：请在解开的安装包里运行 install.sh"
    check_sums
    find_python
    check_system
    build=$version-$(sha256sum <"$here/SHA256SUMS" | cut -c1-8)
    target=$prefix/versions/$build
    partial=$prefix/versions/.partial-$build
    made='' finished=no
    trap clean EXIT
    trap 'fail "已中止，没有装完的不留下"' INT TERM HUP
    make_folders
    take_lock
    check_room
    old=$(readlink -f "$prefix/current" 2>/dev/null || true)
    [ -d "$old" ] || old=''
    [ -d "$target" ] || build_environment
    place_weights
    change_over
    place_programs
    finished=yes
    tell_done
}

check_sums() {
    [ -s "$here/SHA256SUMS" ] || fail "安装包不完整：没有 SHA256SUMS"
    bad=$(cd -- "$here" && sha256sum --check --strict --quiet SHA256SUMS 2>/dev/null) && return
    first=$(printf '%s\n' "$bad" | sed -n '1s/: .*//p')
    fail "安装包已损坏，没有安装：${first:-SHA256SUMS} 与摘要不符；请重新拷贝安装包"
}

# The first Python for which the bundle has components.
find_python() {
    wanted=$(cd -- "$here/locks" && for one in *.txt; do printf '%s ' "${one%.txt}"; done)
    seen=''
    for one in ${python:+"$python"} $( [ -n "$python" ] || printf 'python3.%s ' 15 14 13 12 11 ) ${python:-python3}; do
        tag=$("$one" -I -c 'import sys; print("cp%d%d" % sys.version_info[:2])' 2>/dev/null) || continue
        seen="$seen $one($tag)"
        case " $wanted" in
        *" $tag "*)
            "$one" -I -c 'import venv, ssl, sqlite3' 2>/dev/null || fail "$one 不完整，缺 venv、ssl 或 sqlite3：请装齐 Python"
            python=$one
            return
            ;;
        esac
    done
    fail "这个安装包要用 Python（${wanted% }，cp311 即 3.11）；这台机器上找到的是：${seen:- 没有}。用 --python 指明，或取别的安装包"
}

check_system() {
    [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || fail "这个安装包用于 Linux x86_64，这台机器是 $(uname -s) $(uname -m)"
    libc=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/^glibc //')
    oldest=$(printf '2.28\n%s\n' "${libc:-0}" | sort -V | head -n 1)
    [ "$oldest" = 2.28 ] || fail "系统太旧：需要 glibc 2.28 以上，这台机器是 ${libc:-别的 C 库}"
}

make_folders() {
    missing=$prefix
    while [ ! -d "$missing" ] && [ "$missing" != / ]; do
        made=$missing
        missing=$(dirname -- "$missing")
    done
    mkdir -p -- "$prefix/versions" 2>/dev/null || fail "$prefix 建不了：没有权限，磁盘只读或已满；用 --prefix 换个地方"
}

# A lock whose owner is gone is nobody's.
take_lock() {
    lock=$prefix/.installing
    if ! mkdir -- "$lock" 2>/dev/null; then
        owner=$(cat "$lock/pid" 2>/dev/null || true)
        if [ -n "$owner" ] && kill -0 "$owner" 2>/dev/null; then
            lock=''
            fail "另一个安装正在进行（进程 $owner），没有动任何东西"
        fi
        rm -rf -- "$prefix/versions/.partial-"*
        mkdir -p -- "$lock"
    fi
    printf '%s\n' "$$" >"$lock/pid" || fail "$prefix 写不了：磁盘已满？"
}

check_room() {
    needed=0
    [ -d "$target" ] || needed=$(cat "$here/KILOBYTES")
    for file in "$here"/weights/*.gguf; do
        [ -f "$file" ] && [ ! -f "$prefix/weights/${file##*/}" ] && needed=$((needed + $(du -k -- "$file" | cut -f1)))
    done
    free=$(df -Pk -- "$prefix" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$needed" ] || fail "$prefix 空间不足：需要 $((needed / 1024 + 1)) MB，只剩 $((free / 1024)) MB，没有安装"
}

build_environment() {
    rm -rf -- "$partial"
    pip=$(printf '%s\n' "$here"/wheels/pip-*.whl)
    log=$partial/install.log
    mkdir -- "$partial" || fail "$prefix 写不了：磁盘已满？没有安装"
    "$python" -I -m venv --without-pip "$partial" >"$log" 2>&1 || not_built
    tag=$("$partial/bin/python" -I -c 'import sys; print("cp%d%d" % sys.version_info[:2])')
    # Nothing of this machine's pip settings counts: no index, no cache, no configuration.
    env -u PYTHONPATH -u PIP_TARGET -u PIP_PREFIX -u PIP_USER PIP_CONFIG_FILE=/dev/null PYTHONDONTWRITEBYTECODE=1 \
        TMPDIR="$partial" "$partial/bin/python" "$pip/pip" install --no-index --no-deps --require-hashes --no-compile --no-cache-dir \
        --no-input --quiet --disable-pip-version-check --no-warn-script-location --root-user-action ignore \
        --find-links "$here/wheels" -r "$here/locks/$tag.txt" >>"$log" 2>&1 || not_built
    "$partial/bin/python" -I - "$partial" "$target" >>"$log" 2>&1 <<'END' || not_built
import compileall, pathlib, sys

here, there = sys.argv[1:]
for path in [*pathlib.Path(here, "bin").iterdir(), pathlib.Path(here, "pyvenv.cfg")]:
    if path.is_file() and not path.is_symlink():
        path.write_bytes(path.read_bytes().replace(here.encode(), there.encode()))
if not compileall.compile_dir(pathlib.Path(here, "lib"), quiet=2, stripdir=here, prependdir=there, workers=0):
    print("some files are not for this Python; nobody imports them")
END
    full && not_built
    cp -- "$here/install.sh" "$here/VERSION" "$here/sbom.cdx.json" "$partial/" 2>>"$log" || not_built
    cp -R -- "$here/LICENSES" "$partial/LICENSES" 2>>"$log" || not_built
    rm -f -- "$log"
    sync -f "$partial" # or a power cut might leave the name without the files
    mv -T -- "$partial" "$target" || fail "$target 改不了名，没有安装"
    fresh=$target
}

full() {
    probe=$prefix/.room
    if printf 'room' >"$probe" 2>/dev/null && [ -s "$probe" ]; then
        rm -f -- "$probe"
        return 1
    fi
    rm -f -- "$probe"
    return 0
}

not_built() {
    if full || grep -q -i -e 'no space left' -e 'errno 28' -e 'quota' "$log" 2>/dev/null; then
        fail "$prefix 所在的磁盘已满，没有安装，没有装完的已删去"
    fi
    said=$(grep -v '^ *$' "$log" 2>/dev/null | tail -n 1)
    fail "组件没有装成，没有装完的已删去：${said:-没有说明原因}"
}

# A copy gets its name when its digest is right.
place_weights() {
    for file in "$here"/weights/*.gguf; do
        [ -f "$file" ] || continue
        name=${file##*/}
        digest=$(sed -n "s|^\([0-9a-f]*\)  weights/$name\$|\1|p" "$here/SHA256SUMS")
        place=$prefix/weights/$name
        [ -f "$place" ] && right "$place" && continue
        [ -d "$prefix/weights" ] || { mkdir -- "$prefix/weights" && fresh_weights=$prefix/weights; }
        model=$place.part
        cp -- "$file" "$model" 2>/dev/null || fail "$prefix 所在的磁盘已满，模型没有放下，没有安装"
        right "$model" || fail "模型 $name 拷贝后与摘要不符：磁盘有问题，没有安装"
        mv -- "$model" "$place"
        placed="${placed:-}$place
"
    done
}

right() {
    found=$(sha256sum <"$1") || return 1
    [ "${found%% *}" = "$digest" ]
}

# Health, workspaces and the change of the link, which go back together: steps/upgrade.py.
change_over() {
    set -f
    old_ifs=$IFS
    IFS='
'
    # shellcheck disable=SC2086
    set -- $workspaces
    IFS=$old_ifs
    set +f
    [ -z "$former" ] || set -- --from "$former" "$@"
    [ -z "$old" ] || set -- --old "$old" "$@"
    env -u PYTHONPATH PYTHONDONTWRITEBYTECODE=1 CHENGWEN_MODELS="$prefix/weights" LC_ALL=C.UTF-8 \
        "$target/bin/python" "$here/steps/upgrade.py" --new "$target" --prefix "$prefix" "$@" && return
    if [ $? = 3 ]; then
        fresh='' placed='' # what is left to do by hand takes the new version
        fail "没有换用 $build；它留在 $target，退回工作区用：$target/bin/chengwen workspace revert 备份 --workspace 工作区"
    fi
    fail "没有换用 $build"
}

place_programs() {
    mkdir -p -- "$prefix/bin"
    cat >"$prefix/bin/.chengwen" <<'END'
#!/bin/sh
# Calls the version in use, with the models of this installation.
prefix=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")
CHENGWEN_MODELS=${CHENGWEN_MODELS:-$prefix/weights}
export CHENGWEN_MODELS
exec "$prefix/current/bin/chengwen" "$@"
END
    chmod 755 "$prefix/bin/.chengwen"
    mv -- "$prefix/bin/.chengwen" "$prefix/bin/chengwen"
    linked=''
    [ "$link" = yes ] || return 0
    folder=$(bin_folder)
    if [ ! -e "$folder/chengwen" ] || [ -L "$folder/chengwen" ]; then
        mkdir -p -- "$folder" 2>/dev/null && ln -sfn -- "$prefix/bin/chengwen" "$folder/chengwen" 2>/dev/null && linked=$folder/chengwen
    fi
    return 0
}

clean() {
    status=$?
    trap - EXIT INT TERM HUP
    if [ "$finished" = no ]; then
        rm -rf -- "$partial"
        [ -z "${model:-}" ] || rm -f -- "$model"
        [ "$(readlink -f "$prefix/current" 2>/dev/null)" = "$target" ] || undo
    fi
    [ -z "${lock:-}" ] || rm -rf -- "$lock"
    [ "$finished" = yes ] || [ -z "$made" ] || empty_away
    exit "$status"
}

# What this run brought, and no more.
undo() {
    [ -z "${fresh:-}" ] || rm -rf -- "$fresh"
    printf '%s' "${placed:-}" | while IFS= read -r one; do rm -f -- "$one"; done
    [ -z "${fresh_weights:-}" ] || rmdir -- "$fresh_weights" 2>/dev/null || true
}

# The folders that were not there before: only empty ones go.
empty_away() {
    rmdir -- "$prefix/versions" "$prefix/backups" 2>/dev/null || true
    gone=$prefix
    while [ "${#gone}" -ge "${#made}" ]; do
        rmdir -- "$gone" 2>/dev/null || return 0
        gone=$(dirname -- "$gone")
    done
}

megabytes() { du -smL -- "$1" 2>/dev/null | cut -f1; }

tell_done() {
    say "已装好 chengwen $version：$prefix/bin/chengwen${linked:+（$linked）}"
    say "用时 $(($(date +%s) - begun)) 秒；安装包 $(megabytes "$here") MB，程序 $(megabytes "$target") MB$(
        [ ! -d "$prefix/weights" ] || printf '，模型 %s MB' "$(megabytes "$prefix/weights")"
    )"
    [ -z "$old" ] || [ "$old" = "$target" ] || say "旧版本还在 $old；不再要时可删去"
    case ":$PATH:" in
    *":$(bin_folder):"*) ;;
    *) [ -z "$linked" ] || say "$(bin_folder) 不在 PATH 里：请加上，或写全路径" ;;
    esac
}

uninstall() {
    [ -d "$prefix/versions" ] || fail "$prefix 里没有安装成文，没有动任何东西"
    [ -w "$prefix" ] || fail "$prefix 没有权限改动，没有动任何东西"
    for process in /proc/[0-9]*; do
        case "$(readlink "$process/exe" 2>/dev/null) $(tr '\0' ' ' <"$process/cmdline" 2>/dev/null)" in
        *"$prefix/versions/"*) [ "${process#/proc/}" = $$ ] || [ "${process#/proc/}" = "$PPID" ] || fail "程序还在运行（进程 ${process#/proc/}），请先停下；没有动任何东西" ;;
        esac
    done
    folder=$(bin_folder)
    [ "$(readlink "$folder/chengwen" 2>/dev/null)" != "$prefix/bin/chengwen" ] || rm -f -- "$folder/chengwen"
    rm -f -- "$prefix/current" "$prefix/bin/chengwen"
    rm -rf -- "$prefix/versions"
    [ "$weights" = no ] || rm -rf -- "$prefix/weights"
    say "程序已删去：$prefix"
    [ ! -d "$prefix/weights" ] || say "模型留在 $prefix/weights（连模型一起删：uninstall --weights）"
    [ ! -d "$prefix/backups" ] || say "升级前的备份留在 $prefix/backups"
    tell_workspaces
    rmdir -- "$prefix/bin" "$prefix" 2>/dev/null || true
}

tell_workspaces() {
    {
        if [ -f "$prefix/workspaces" ]; then cat "$prefix/workspaces"; fi
        case "${CHENGWEN_WORKSPACE:-}" in
        *://*) printf '%s\n' "$CHENGWEN_WORKSPACE" | sed 's|//[^/@]*@|//|; s|?.*||' ;;
        ?*) [ ! -e "$CHENGWEN_WORKSPACE" ] || readlink -f -- "$CHENGWEN_WORKSPACE" ;;
        esac
        [ -z "${HOME:-}" ] || find "$HOME" -xdev -maxdepth 6 -name workspace.db -type f 2>/dev/null | sed 's|/workspace\.db$||'
    } | sort -u | while IFS= read -r one; do say "工作区留着：$one"; done
    say "别处的工作区也都没有动：它们是名为 .chengwen 的文件夹，或团队的 PostgreSQL 数据库"
}

fresh='' fresh_weights='' placed='' model='' lock='' linked='' finished=no
main "$@"
