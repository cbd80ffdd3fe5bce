# Builds, then prints the performance tables of bench/.

dev_bench() {
  dev_setup
  dev_build
  run "$Python" bench/run.py --build "$Build" "$@"
}
