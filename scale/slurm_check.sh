#!/usr/bin/env bash
# Runs `slurm_sweep.sbatch` on a real Slurm with one node, kills workers in the middle, and compares the bytes.
#
#   scale/slurm_check.sh target/release/demerge [CASE PLAN.toml]
#
# Needs slurmctld, slurmd, sbatch and munged (Debian: slurmctld slurmd slurm-client munge), on Linux. What is missing is
# installed with apt where this user may do so, and stays installed; else it says what is missing, and fails.
# The cluster lives in a temporary folder, with its own key, sockets and ports: nothing in /etc or /var is read or written, no
# service of the machine is touched, and nothing is left behind.
#
# Without a plan: the shipped one with 200,000 scenarios, so that a part takes some seconds and can be caught in the middle.
#
# What it shows: an array of four parts, of which one is killed with signal 9 while it writes and put into the queue again,
# and one is taken from its node while it runs, as happens when a node goes down; joined, they are the bytes of a single run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "${1:?usage: scale/slurm_check.sh PROGRAM [CASE PLAN.toml]}")
case=$(realpath "${2:-$here/../data/case47}")
plan=$(realpath "${3:-$case/sweeps/leavers.toml}")
parts=4
PATH=$PATH:/usr/sbin:/sbin

say() { echo "slurm: $*"; }
fail() {
    echo "slurm: $*" >&2
    exit 1
}

find_missing() {
    missing=()
    local pair
    for pair in slurmctld:slurmctld slurmd:slurmd sbatch:slurm-client scontrol:slurm-client munged:munge; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || missing+=("${pair##*:}")
    done
}

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }

find_missing
if [ "${#missing[@]}" -gt 0 ] && command -v apt-get >/dev/null && as_root true 2>/dev/null; then
    say "installing ${missing[*]}"
    # With run level 1 Debian starts no service of what it installs.
    as_root apt-get update -qq &&
        as_root env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || say "could not be installed"
    find_missing
fi
[ "${#missing[@]}" -eq 0 ] || fail "missing, and this user may not install it: ${missing[*]}"

work=$(mktemp -d "${TMPDIR:-/tmp}/slurm-check.XXXXXX")
export SLURM_CONF=$work/slurm.conf
if [ "$#" -lt 3 ]; then
    sed 's/^scenarios = .*/scenarios = 200000/' "$plan" >"$work/plan.toml"
    plan=$work/plan.toml
fi
daemons=()

# Ends what was started here, by its number, youngest first.
finish() {
    local code=$?
    trap - EXIT
    if [ -S "$work/munge.socket" ]; then scancel --quiet --user "$(id -un)" 2>/dev/null || true; fi
    local at
    for ((at = ${#daemons[@]} - 1; at >= 0; at--)); do
        kill "${daemons[at]}" 2>/dev/null || true
        wait "${daemons[at]}" 2>/dev/null || true
    done
    if [ "$code" -ne 0 ]; then tail -n 15 "$work"/*.log "$work"/task-*.out >&2 2>/dev/null || true; fi
    rm -rf "$work"
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT TERM

# A port that nobody listens on.
free_port() {
    local port=$1
    while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    echo "$port"
}

# Waits until a command succeeds: seconds, what for, command.
await() {
    local until=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$until" ] || fail "waited in vain for $what"
        sleep 0.05
    done
}

start_cluster() {
    local host cores memory port
    host=$(hostname -s) cores=$(nproc)
    memory=$(awk '/^MemTotal/ { print int($2 / 1024 / 2) }' /proc/meminfo)
    port=$(free_port $((20000 + $$ % 10000)))
    chmod 755 "$work"
    mkdir "$work/state" "$work/spool"
    (umask 077 && head -c 1024 /dev/urandom >"$work/munge.key")
    cat >"$SLURM_CONF" <<END
ClusterName=check
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
SlurmctldPort=$port
SlurmdPort=$(free_port $((port + 1)))
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$work/munge.socket
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_interval=1
JobRequeue=1
ReturnToService=2
SwitchType=switch/none
MpiDefault=none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cores RealMemory=$memory State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
    munged --foreground --force --key-file="$work/munge.key" --socket="$work/munge.socket" \
        --pid-file="$work/munge.pid" --seed-file="$work/munge.seed" >"$work/munged.log" 2>&1 &
    daemons+=($!)
    await 10 "munged" test -S "$work/munge.socket"
    slurmctld -D -c >/dev/null 2>&1 &
    daemons+=($!)
    await 20 "slurmctld" scontrol ping
    slurmd -D >/dev/null 2>&1 &
    daemons+=($!)
    await 30 "the node" sh -c 'sinfo -h -o %T | grep -q idle'
}

part() { printf '%s/parts/part-%05d.parquet' "$work" "$1"; }

# Whether a part is in the middle: its journal holds records, and it is not done.
is_in_the_middle() {
    [ "$(stat -c %s "$(part "$1").part" 2>/dev/null || echo 0)" -gt 20000 ] && [ ! -e "$(part "$1")" ]
}

# The process that writes a part.
writer() { pgrep -f -- "--out $(part "$1")"; }

state() { scontrol show job -o "${job}_$1" | sed -n 's/.*JobState=\([A-Z]*\).*/\1/p'; }
is_in_state() { [ "$(state "$1")" = "$2" ]; }

# Puts a part into the queue again, to begin at once: Slurm would let it wait two minutes.
again() {
    scontrol requeue "${job}_$1"
    await 60 "part $1 to be in the queue" is_in_state "$1" PENDING
    scontrol update JobId="${job}_$1" StartTime=now
}

SECONDS=0
start_cluster
say "$(slurmctld -V) with one node runs after $SECONDS s"

before=$SECONDS
"$program" sweep "$case" "$plan" --out "$work/single.parquet" --threads "$(nproc)" >/dev/null
say "a single run: $((SECONDS - before)) s"

before=$SECONDS
job=$(DEMERGE=$program sbatch --parsable --array=1-$parts --cpus-per-task=1 --mem=256M --chdir="$work" \
    --output="$work/task-%a.out" "$here/slurm_sweep.sbatch" "$case" "$plan" "$work/parts")
await 60 "part 1 to be in the middle" is_in_the_middle 1
kill -KILL "$(writer 1)"
await 20 "part 1 to be seen dead" is_in_state 1 FAILED
[ ! -e "$(part 1)" ] || fail "part 1 was done before it was killed"
kept=$(stat -c %s "$(part 1).part")
again 1
await 60 "part 2 to be in the middle" is_in_the_middle 2
again 2
say "part 1 killed with $kept bytes kept, part 2 taken from its node; both are in the queue again"
for at in $(seq "$parts"); do await 600 "part $at" is_in_state "$at" COMPLETED; done
"$program" merge "$work"/parts/part-*.parquet --out "$work/merged.parquet"
cmp "$work/single.parquet" "$work/merged.parquet" || fail "the parts together are not the bytes of a single run"
say "$parts parts, two of them interrupted, and joined: $((SECONDS - before)) s, the bytes of a single run"
