# Builds and runs the tests; the last line is `N passed, N failed`.

dev_test() {
  dev_setup
  dev_build
  run "$Python" tools/run-tests --build "$Build" "$@"
}
