# Lays out the folder of a new check; its tests fail until it is written.

dev_new_check() {
  local Id=${1:-} Rule=${2:-}
  [ -n "$Id" ] && [ -n "$Rule" ] ||
    fail 'usage: tools/dev new-check ID "what it finds, in one line"' 2
  [[ $Id =~ ^[a-z0-9]+(-[a-z0-9]+)+$ ]] ||
    fail "'$Id' is no check id: kebab-case, two words at least" 2
  local Folder=analyzer/checks/$Id
  [ ! -e "$Folder" ] || fail "$Folder exists already" 2
  run mkdir -p "$Folder"
  cat > "$Folder/Check.cpp" <<CPP
// $Id: $Rule.
#include "core/Check.h"

namespace heddle {
namespace {

void run(const View &V, Reporter &R) {}

} // namespace

static const Registration kCheck({"$Id", Tier::Optional, "$Rule", run});

} // namespace heddle
CPP
  cat > "$Folder/README.md" <<MD
# $Id

## What it finds

$Rule

## Why it is a bug

## Bad

## Good

## Known limits

## At run time
MD
  local File
  for File in bad good; do
    printf '// The smallest program that %s the defect of %s.\n#error %s\n' \
      "$([ $File = bad ] && echo has || echo looks alike without)" "$Id" \
      '"write this program first: it is the test and the page"' \
      > "$Folder/$File.cpp"
  done
  echo "new-check: $Folder is laid out; tools/dev test test/analyzer shows how far it is"
}
