#!/usr/bin/env bash
# Fuzzes every target for a while: fuzz/nightly.sh [SECONDS EACH = 600]. For a scheduled job; ends with 1 at the first finding.
# Needs cargo-fuzz and a nightly compiler (or RUSTC_BOOTSTRAP=1).
# A page of a PDF that takes too long is left to its thread, which the search for leaks would take for one.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
python3 fuzz/seeds.py
for target in $(cargo fuzz list); do
  echo "== $target"
  cargo fuzz run "$target" -- -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 -detect_leaks=0 -print_final_stats=1
done
