# Runs every example, broken and mended, and prints one table.

dev_demo() {
  dev_setup
  dev_build
  run "$Python" examples/run.py --build "$Build" "$@"
}
