# Prints one line a group of tests: what is found, what is false, known gaps.

# --peers among the arguments: the other tools beside Heddle instead.
dev_score() {
  local Argument Peers=0 Rest=()
  for Argument in "$@"; do
    if [ "$Argument" = --peers ]; then Peers=1; else Rest+=("$Argument"); fi
  done
  dev_build
  if [ $Peers = 1 ]; then
    [ "${Rest[*]:-}" != exact ] || Rest=()
    run "$Python" tools/score-peers --build "$Build" "${Rest[@]}"
  else
    run "$Python" tools/run-tests --build "$Build" --score "${Rest[@]}"
  fi
}
