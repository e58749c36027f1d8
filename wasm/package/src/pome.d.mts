import type { Module } from './engine.js';

/** The generated module's factory. */
export default function create(options: {
  wasmBinary?: ArrayBuffer | Uint8Array;
  locateFile?: (name: string) => string;
}): Promise<Module>;
