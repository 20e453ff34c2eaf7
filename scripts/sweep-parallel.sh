#!/usr/bin/env bash
# A sweep by GNU parallel, on this machine or on several that share a folder:
#
#   scripts/sweep-parallel.sh SCENARIO A..B SHARDS DIR [OPTION of parallel...]
#
# DIR keeps the results; the same command again goes on where it was. The last step puts all shards
# together: its output and exit status are those of the sweep as a whole.
set -euo pipefail
if (($# < 4)); then
  sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
  exit 64
fi
scenario=$1 seeds=$2 shards=$3 folder=$4
shift 4
cleave=${CLEAVE:-cleave}

# A shard in which something is not as stated is no reason to leave out the others.
seq "$shards" | parallel --will-cite "$@" \
  "$cleave" sweep "$scenario" --seeds "$seeds" --shard "{}/$shards" --jobs 1 --resume "$folder" \
  --quiet || true
exec "$cleave" sweep "$scenario" --seeds "$seeds" --resume "$folder"
