# Prints one line a group of tests: what is found, what is false, known gaps.

dev_score() {
  dev_build
  run "$Python" tools/run-tests --build "$Build" --score "$@"
}
