// Build steps shared by start, serve, test and bench. Each step does nothing when its inputs have not changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gitFiles, root, run, say } from './setup.mjs';

export const binary = `${root}/build/bin/pome`;

const env = { ...process.env, CCACHE_SLOPPINESS: 'pch_defines,time_macros', EM_COMPILER_WRAPPER: process.env.EM_COMPILER_WRAPPER ?? 'ccache' };

function digest(files) {
  const hash = createHash('sha256');
  for (const name of files) hash.update(name).update('\0').update(readFileSync(`${root}/${name}`)).update('\0');
  return hash.digest('hex');
}

/** Runs `action` unless it ran before with the same inputs and its output still exists. */
function whenChanged(step, inputs, output, action) {
  const stamp = `${root}/build/stamps/${step}`;
  const key = digest(inputs);
  if (existsSync(`${root}/${output}`) && existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return;
  action();
  mkdirSync(`${root}/build/stamps`, { recursive: true });
  writeFileSync(stamp, key);
}

export function configure(preset) {
  // Ninja notices changed CMake files by itself, but not a changed preset.
  whenChanged(`configure-${preset}`, ['CMakePresets.json'], `build/${preset}/build.ninja`,
    () => run('cmake', ['--preset', preset, '--log-level=WARNING'], { env }));
}

export function build(preset, ...targets) {
  configure(preset);
  run('cmake', ['--build', '--preset', preset, ...(targets.length ? ['--target', ...targets] : []), '--', '--quiet'], { env });
}

/** The native binary at build/bin/pome. */
export function buildNative() {
  say('building the native binary');
  build('gcc', 'pome');
}

/** The wasm engine as the npm package in wasm/package/dist. */
export function buildEngine() {
  say('building the WebAssembly engine');
  build('wasm', 'pome_engine');
  whenChanged('engine-package', ['build/wasm/wasm/pome.mjs', 'build/wasm/wasm/pome.wasm', ...gitFiles('wasm/package')], 'wasm/package/dist',
    () => run('npm', ['run', '--silent', 'build', '-w', 'wasm/package']));
}

/** The page in web/dist. */
export function buildPage() {
  buildEngine();
  const inputs = [...gitFiles('web', 'tools/agents', 'scenarios', 'package-lock.json'), 'build/wasm/wasm/pome.wasm'];
  whenChanged('page', inputs, 'web/dist/index.html', () => {
    say('building the page');
    run('npm', ['run', '--silent', 'build', '-w', 'web']);
  });
}
