// `npm test`: sets everything up and runs every test there is. Stops at the first failing step.
import { spawnSync } from 'node:child_process';
import { build, buildNative, buildPage, configure } from './build.mjs';
import { fail, gitFiles, root, say, setUp } from './setup.mjs';

const started = Date.now();
const times = [];

function step(name, action) {
  const began = Date.now();
  say(`── ${name}`);
  action();
  times.push([name, (Date.now() - began) / 1000]);
}

function check(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (done.error) fail(`Could not run ${command}: ${done.error.message}`);
  if (done.status !== 0) fail(`Tests failed: ${command} ${args.join(' ')} (exit ${done.status ?? done.signal})`);
}

const node = (...args) => check(process.execPath, args);

function preset(name) {
  step(`${name}: build and test`, () => {
    build(name);
    check('ctest', ['--preset', name, '--output-on-failure']);
  });
}

step('set-up', () => setUp('test'));
step('layers', () => node('tools/dev/check-layers.mjs'));
step('format', () => node('tools/dev/check-format.mjs'));
preset('gcc');
preset('wasm');
step('page', () => {
  buildNative();
  buildPage();
});
step('end to end', () => node('--test', '--test-concurrency=1', ...gitFiles('tests/e2e/*.test.mjs')));
preset('asan');
step('tidy', () => {
  configure('asan');
  node('tools/dev/tidy.mjs');
});

for (const [name, seconds] of times) console.log(`${seconds.toFixed(1).padStart(8)} s  ${name}`);
console.log(`all tests passed in ${Math.round((Date.now() - started) / 1000)} s`);
