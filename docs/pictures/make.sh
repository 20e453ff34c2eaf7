#!/usr/bin/env bash
# Makes the pictures of docs/gui.md, light and dark. Needs the window: ./dev gui once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export QT_QPA_PLATFORM=offscreen
gui=build/release/bin/cleave-gui
first=scenarios/tutorial/01-first-cut.yaml
stale=scenarios/cap/stale-read.yaml
incident=scenarios/incidents/github-2018.yaml

# picture NAME ARGUMENT...
picture() {
  local name=$1 theme
  shift
  for theme in light dark; do
    "$gui" "$@" --screenshot "docs/pictures/$name-$theme.png" --size 1600x1000 --theme "$theme"
  done
}

picture cut "$first" --at 15s
picture heal "$first" --at 20.7s
picture converged "$first" --at 22s
picture conversation scenarios/tutorial/02-first-conversation.yaml --at 26s
picture promotion "$incident" --at 40.02s
picture violation "$incident" --select 'verdict 0'
picture raft scenarios/incidents/cloudflare-2020.yaml
picture invariant tests/gui/one-vote.yaml --select 'verdict 0'
picture compare "$first" --at 12s --branch 'crash: notes/us-east/0, for: 5s'
picture configurations scenarios/cap/group-size.yaml --compare async-unfenced --at 25s
picture witness "$stale" --select 'verdict 0'
picture ledger "$stale" --select 'side 2'
