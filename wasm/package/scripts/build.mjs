// Puts the package together in dist/: the module and its bytes from the wasm build, the facade from src/.
// POME_WASM_DIR names another build folder than build/wasm/wasm.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageRoot = join(dirname(fileURLToPath(import.meta.url)), '..');
const built = process.env.POME_WASM_DIR ?? join(packageRoot, '../../build/wasm/wasm');
const dist = join(packageRoot, 'dist');

for (const name of ['pome.mjs', 'pome.wasm']) {
  if (existsSync(join(built, name))) continue;
  console.error(`${join(built, name)} is missing. Build it first: cmake --preset wasm && cmake --build --preset wasm --target pome_engine`);
  process.exit(1);
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
const compiled = spawnSync(process.execPath, [join(typescript, 'bin/tsc'), '-p', packageRoot], { stdio: 'inherit' });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
for (const name of ['pome.mjs', 'pome.wasm']) copyFileSync(join(built, name), join(dist, name));
