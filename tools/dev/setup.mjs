// Makes the machine ready: checks Node, installs missing Debian packages, then the npm packages. Idempotent; quick when nothing is missing.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const BUILD_PACKAGES = [
  'g++', 'cmake', 'ninja-build', 'ccache', 'emscripten', 'nlohmann-json3-dev', 'libboost-dev', 'libcurl4-openssl-dev',
  'libsqlite3-dev', 'libcli11-dev', 'googletest',
];
const TEST_PACKAGES = ['clang', 'clang-format', 'clang-tidy', 'libclang-rt-14-dev', 'chromium', 'libxml2-utils', 'procps'];
const BENCH_PACKAGES = ['wrk'];

const needs = {
  build: BUILD_PACKAGES,
  test: [...BUILD_PACKAGES, ...TEST_PACKAGES],
  bench: [...BUILD_PACKAGES, ...TEST_PACKAGES, ...BENCH_PACKAGES],
};

export function fail(message) {
  console.error(`\n${message}`);
  process.exit(5);
}

export function say(message) {
  console.error(`pome: ${message}`);
}

/** Runs a command with inherited output; stops the whole script with a clear line when it fails. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (done.error) fail(`Could not run ${command}: ${done.error.message}`);
  if (done.status !== 0) fail(`This command failed (exit ${done.status ?? done.signal}): ${command} ${args.join(' ')}`);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Pome needs Node 20.19 or newer; this is ${process.versions.node}. Install a current Node and run the command again.`);
  }
}

function missingPackages(wanted) {
  const listed = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${Status}\n', ...wanted], { encoding: 'utf8' });
  if (listed.error) {
    fail(`Pome's set-up installs Debian packages, and this machine has no dpkg. Install the equivalents of: ${wanted.join(' ')}`);
  }
  const present = new Set(listed.stdout.split('\n').filter((line) => line.endsWith(' installed')).map((line) => line.split(' ')[0]));
  return wanted.filter((name) => !present.has(name));
}

function installPackages(purpose) {
  const missing = missingPackages(needs[purpose]);
  if (missing.length === 0) return;
  if (process.getuid() !== 0) {
    fail(`These Debian packages are missing, and installing them needs root. Run this once, then try again:\n\n` +
         `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}\n`);
  }
  say(`installing ${missing.length} Debian packages: ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  run('apt-get', ['update', '-q'], quiet);
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], quiet);
}

/** `purpose` "build" leaves out what only tests need; a tree installed for tests also serves builds. */
function installModules(purpose) {
  const lock = createHash('sha256').update(readFileSync(`${root}/package-lock.json`)).digest('hex');
  const stamp = `${root}/node_modules/.pome-installed`;
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  const wanted = purpose === 'build' ? 'build' : 'all';
  if (installed === `${lock} all` || installed === `${lock} ${wanted}`) return;
  say('installing npm packages');
  run('npm', ['ci', '--no-progress', '--loglevel=error', ...(wanted === 'build' ? ['--omit=dev'] : [])]);
  writeFileSync(stamp, `${lock} ${wanted}`);
}

export function setUp(purpose) {
  checkNode();
  installPackages(purpose);
  installModules(purpose);
}

export function gitFiles(...patterns) {
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...patterns], { cwd: root, encoding: 'utf8' })
    .split('\0').filter((name) => name && existsSync(`${root}/${name}`));
}
