# Builds, then prints the performance tables of bench/: of whole programs, or
# (bench micro) of single operations.

dev_bench() {
  dev_setup
  dev_build
  local Script=bench/run.py
  if [ "${1:-}" = micro ]; then
    Script=bench/micro.py
    shift
  fi
  run "$Python" "$Script" --build "$Build" "$@"
}
