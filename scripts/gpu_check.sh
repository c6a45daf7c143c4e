#!/usr/bin/env bash
# What must be seen once on a machine with a GPU: numbers, then times. Under eight minutes with sixteen cores; without a GPU it runs on
# Mesa's software Vulkan, where its times say nothing.
#
#     scripts/gpu_check.sh [MODEL_DIRECTORY]
#
# Prints the adapter's check, the tests of numbers on wgpu (parity, ablations, output heads, families, measures), the forward pass on wgpu
# and flex (first use of a length, then the median), the peak memory of a trace on each, and how long all of it took.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never
model=${1:-}

step() { printf '\n== %s ==\n' "$*"; }

# The largest amount of memory a command had, in MB.
peak() {
    "$@" >/dev/null &
    local process=$! most=0 now
    while [ -e "/proc/$process/status" ]; do
        now=$(awk '/^VmHWM/ { print $2 }' "/proc/$process/status" 2>/dev/null || true)
        [ "${now:-0}" -gt "$most" ] && most=$now
        sleep 0.02
    done
    wait "$process"
    echo "$((most / 1024)) MB"
}

if command -v nvidia-smi >/dev/null; then
    nvidia-smi --query-gpu=name,driver_version,memory.used --format=csv
fi

step 'a build with wgpu'
cargo build --release --features wgpu
cargo test --release --features wgpu --test library --no-run
cargo bench --bench forward --features wgpu --no-run
clscope=target/release/clscope
at=(${model:+--model "$model"})
named=(${model:+"$model"})

step 'is there an adapter?'
"$clscope" trace 'The adapter is there.' --backend wgpu --format json "${at[@]}" >/dev/null
echo yes

step 'numbers'
cargo test --release --features wgpu --test library -- parity:: ablations:: heads:: families:: measures::

for backend in wgpu flex; do
    step "a forward pass on $backend"
    # The median of fifteen passes; a second run of the program finds what the first one has tuned.
    cargo bench --bench forward --features wgpu -- "${named[@]}" "--backend=$backend"
    if [ "$backend" = wgpu ]; then
        step "again, in another process"
        cargo bench --bench forward --features wgpu -- "${named[@]}" "--backend=$backend"
    fi
    step "peak memory of a trace of 128 tokens on $backend"
    peak "$clscope" trace "$(printf 'the %.0s' $(seq 126))" --backend "$backend" --format npz --output "$(mktemp -u).npz" "${at[@]}"
done

step "all of it took $SECONDS s"
