# Formats the C++ files of the tree in place, or with --check only looks.

dev_format() {
  local Mode=(-i)
  [ "${1:-}" != --check ] || Mode=(--dry-run --Werror)
  mapfile -t Files < <(git ls-files -- '*.cpp' '*.h' '*.c' |
    grep -E '^(analyzer|instrumentation|runtime|tools|bench)/|^test/unit/' |
    grep -vE '/(bad|good|limits)\.cpp$')
  run "$Llvm/bin/clang-format" "${Mode[@]}" "${Files[@]}"
}
