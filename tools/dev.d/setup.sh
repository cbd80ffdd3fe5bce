# Installs what tools/packages.txt lists and the machine lacks.

missing_packages() {
  local Package
  sed 's/#.*//' tools/packages.txt | while read -r Package; do
    [ -n "$Package" ] || continue
    dpkg-query -W -f='${db:Status-Status}' "$Package" 2>/dev/null |
      grep -qx installed || echo "$Package"
  done
}

dev_setup() {
  command -v apt-get >/dev/null ||
    fail "no apt-get here: install what tools/packages.txt lists by hand" 2
  local Missing Sudo=()
  mapfile -t Missing < <(missing_packages)
  if [ ${#Missing[@]} -eq 0 ]; then
    echo "setup: nothing is missing"
    return
  fi
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "neither root nor sudo; missing: ${Missing[*]}" 2
    Sudo=(sudo)
  fi
  run "${Sudo[@]}" apt-get update -qq
  run "${Sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends "${Missing[@]}"
}
