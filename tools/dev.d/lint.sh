# Checks what the compiler does not: layers, sizes, the house's rules.

dev_lint() {
  local Failed=0
  run "$Python" tools/check-layers || Failed=1
  run "$Python" tools/check-sizes || Failed=1
  run "$Python" tools/check-house || Failed=1
  if [ -x "$Llvm/bin/run-clang-tidy" ] && [ -x "$Llvm/bin/clang-tidy" ] &&
     [ -f "$Build/compile_commands.json" ]; then
    run "$Llvm/bin/run-clang-tidy" -quiet -p "$Build" \
      "${1:-$Root/(runtime|tools|instrumentation)/}" || Failed=1
  else
    echo "lint: clang-tidy-19 or build/$Preset is missing: not run"
  fi
  return $Failed
}
