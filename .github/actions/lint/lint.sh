# Lints what the action's inputs name: lint.sh FORMAT, with PATHS, STRICT and BASELINE from the environment.
set -euo pipefail

arguments=(--format "$1")
case $STRICT in
  true) arguments+=(--strict) ;;
  false) ;;
  *) echo "vidc: the input 'strict' must be true or false." >&2; exit 2 ;;
esac
[ -z "$BASELINE" ] || arguments+=("--baseline=$BASELINE")

arguments+=(--)
while IFS= read -r path; do
  [ -z "$path" ] || arguments+=("$path")
done <<< "$PATHS"

exec "$RUNNER_TEMP/vidc/bin/vidc" lint "${arguments[@]}"
