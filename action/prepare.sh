#!/usr/bin/env bash
# Builds lockstep in the checkout of the action, unless that was done. What is run for it sees nothing of the credentials
# in the environment, and no script of a dependency is run.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v node >/dev/null; then
  echo '::error::lockstep needs Node 20.19 or newer on the runner: put actions/setup-node before this step'
  exit 1
fi
node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) process.exit(0);
  console.log(`::error::lockstep needs Node 20.19 or newer, and this is ${process.versions.node}: put actions/setup-node before this step`);
  process.exit(1);'
[ -f dist/cli.js ] && exit 0

kept=()
for name in PATH HOME TMPDIR SYSTEMROOT HTTPS_PROXY HTTP_PROXY ALL_PROXY NO_PROXY https_proxy http_proxy all_proxy no_proxy \
  NODE_EXTRA_CA_CERTS npm_config_registry NPM_CONFIG_REGISTRY NPM_CONFIG_CACHE npm_config_cache; do
  if [ -n "${!name:-}" ]; then kept+=("$name=${!name}"); fi
done
env -i "${kept[@]}" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
env -i "${kept[@]}" npm run --silent build
