// @ts-expect-error Node's own module; this package needs no type packages.
import { readFile } from 'node:fs/promises';
import create from './pome.mjs';
import { wrap } from './engine.js';
import type { Engine, LoadOptions } from './types.js';

export { PomeError } from './engine.js';
export type * from './types.js';

/** Starts the engine in Node, reading the module's bytes from this package. Each call makes an engine of its own. */
export async function load(options: LoadOptions = {}): Promise<Engine> {
  const file = options.wasmUrl ?? new URL('./pome.wasm', import.meta.url);
  return wrap(await create({ wasmBinary: options.wasmBinary ?? ((await readFile(file)) as Uint8Array) }));
}
