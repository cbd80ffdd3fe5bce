# Repeats the tests of go:: and the examples under random schedules.

dev_stress() {
  dev_build
  run "$Python" tools/stress --build "$Build" "$@"
}
