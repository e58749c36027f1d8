import create from './pome.mjs';
import { wrap } from './engine.js';
import type { Engine, LoadOptions } from './types.js';

export { PomeError } from './engine.js';
export type * from './types.js';

/** Starts the engine in a page or a worker. Each call makes an engine of its own. */
export async function load(options: LoadOptions = {}): Promise<Engine> {
  if (options.wasmBinary) return wrap(await create({ wasmBinary: options.wasmBinary }));
  const url = String(options.wasmUrl ?? new URL('./pome.wasm', import.meta.url));
  return wrap(await create({ locateFile: () => url }));
}
