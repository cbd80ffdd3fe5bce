# Configures and builds in build/<preset>.

dev_build() {
  run cmake --preset "$Preset" --log-level=WARNING
  run cmake --build "$Build" -- --quiet "${@/#/}"
}
