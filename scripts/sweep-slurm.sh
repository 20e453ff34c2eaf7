#!/usr/bin/env bash
# A sweep as an array of Slurm, a shard a task, in a folder that all nodes see:
#
#   sbatch --array=1-16 scripts/sweep-slurm.sh SCENARIO A..B DIR
#
# and when the array is done, wherever the folder is:
#
#   cleave sweep SCENARIO --seeds A..B --resume DIR
#
# Tasks that were lost can be submitted again: what is kept in DIR is not run twice. A task fails
# only if it could not do its part; what the seeds came to is for the last command to say.
#SBATCH --job-name=cleave-sweep
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --requeue
set -euo pipefail
scenario=$1 seeds=$2 folder=$3
shard=${SLURM_ARRAY_TASK_ID:?is set by sbatch --array=1-N}/${SLURM_ARRAY_TASK_COUNT:?}
status=0
"${CLEAVE:-cleave}" sweep "$scenario" --seeds "$seeds" --shard "$shard" \
  --jobs "${SLURM_CPUS_PER_TASK:-1}" --resume "$folder" --quiet || status=$?
((status < 64)) || exit "$status"
