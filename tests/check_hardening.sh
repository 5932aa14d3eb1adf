#!/bin/sh
# check_hardening.sh BINARY BUILD_TYPE SANITIZERS: that the released program is position independent,
# has its relocations read-only from the start, and carries stack protectors and checked copies.
# 77, which ctest shows as skipped, for a build that is no release.
set -u
binary=$1
if [ "$2" != Release ] || [ -n "$3" ]; then
  echo "skipped: '$2' with sanitizers '$3' is no release"
  exit 77
fi
headers=$(readelf -Wh -l -d "$binary") && symbols=$(readelf -W --dyn-syms "$binary") || exit 1
failed=0
while read -r what where pattern; do
  case $where in
  headers) text=$headers ;;
  symbols) text=$symbols ;;
  esac
  if printf '%s\n' "$text" | grep -Eq "$pattern"; then
    echo "ok: $what"
  else
    echo "missing: $what ($pattern)"
    failed=1
  fi
done <<'EOF'
position-independent headers FLAGS_1.*PIE
RELRO headers GNU_RELRO
BIND_NOW headers FLAGS_1.*NOW
FORTIFY_SOURCE symbols __(mem|str|sn|f)[a-z]*_chk
EOF
# Libraries linked in call it a few times, whatever the flags.
protected=$(objdump -d --no-show-raw-insn "$binary" | grep -c 'call.*<__stack_chk_fail')
if [ "$protected" -ge 100 ]; then
  echo "ok: stack protectors in $protected functions"
else
  echo "missing: stack protectors (in $protected functions)"
  failed=1
fi
# An executable stack is what a linker makes where one object asks for it.
if printf '%s\n' "$headers" | grep -E 'GNU_STACK' | grep -q 'RWE'; then
  echo "the stack is executable"
  failed=1
fi
exit $failed
