// The same engine three times, byte for byte: native, WebAssembly in Node, WebAssembly in Chromium.
// POME_PARITY names the native driver (tests/parity/driver.cpp); by default the g++ preset's.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { corpus } from '../parity/corpus.mjs';
import { corpusData } from '../parity/data.mjs';
import { launch, root, serveFolder } from './support.mjs';

const driver = process.env.POME_PARITY ?? `${root}/build/gcc/tests/pome_parity`;

function nativeCalls() {
  const child = spawn(driver, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    call: async (op, input, handle = 0) => {
      child.stdin.write(`${JSON.stringify({ op, input, handle })}\n`);
      const { value, done } = await lines.next();
      assert.ok(!done, `the native driver ended at ${op}`);
      return JSON.parse(value);
    },
    stop: () => child.stdin.end(),
  };
}

async function nodeCalls() {
  const { default: create } = await import(`${root}/wasm/package/dist/pome.mjs`);
  const module = await create({ wasmBinary: readFileSync(`${root}/wasm/package/dist/pome.wasm`) });
  return (op, input, handle) => (op.startsWith('twin_') && op !== 'twin_open' ? (op === 'twin_close' ? module[op](handle) : module[op](handle, input)) : module[op](input));
}

/** The corpus inside a page; the module and the list come over loopback. */
async function browserResults(data) {
  const [site, browser] = [await serveFolder(root), await launch()];
  try {
    const page = await browser.newPage();
    await page.goto(site.origin);
    return await page.evaluate(async (input) => {
      const { default: create } = await import('/wasm/package/dist/pome.mjs');
      const { corpus: run } = await import('/tests/parity/corpus.mjs');
      const module = await create();
      return run((op, text, handle) => (op.startsWith('twin_') && op !== 'twin_open' ? (op === 'twin_close' ? module[op](handle) : module[op](handle, text)) : module[op](text)), input);
    }, data);
  } finally {
    await browser.close();
    await site.close();
  }
}

function assertEqual(actual, expected, who) {
  assert.equal(actual.length, expected.length);
  const different = expected.flatMap(([name, text], index) => (actual[index][0] === name && actual[index][1] === text ? [] : [name]));
  for (const name of different.slice(0, 3)) {
    assert.equal(actual.find(([one]) => one === name)?.[1], expected.find(([one]) => one === name)?.[1], `${who}: ${name}`);
  }
  assert.deepEqual(different, []);
}

let data;
let inNode;
let native;

before(async () => {
  assert.ok(existsSync(driver), `${driver} is missing: build the target pome_parity`);
  data = await corpusData();
  inNode = await corpus(await nodeCalls(), data);
  native = nativeCalls();
});
after(() => native?.stop());

test('the corpus is worth comparing', () => {
  for (const [name, least] of [['scenarios', 5], ['criteria', 20], ['documents', 200], ['runs', 25]]) assert.ok(data[name].length >= least, `${name}: ${data[name].length}`);
  const evaluations = inNode.filter(([name]) => name.startsWith('evaluate '));
  const failed = evaluations.filter(([, text]) => !JSON.parse(text).ok).map(([name]) => name);
  assert.deepEqual(failed.filter((name) => !name.endsWith(' broken')), [], 'evaluations that gave no report');
  const outcome = (which) => evaluations.filter(([one]) => one.endsWith(` ${which}`)).map(([name, text]) => [name, JSON.parse(JSON.parse(text).value).results[0].outcome]);
  for (const [name, first] of outcome('passing')) assert.equal(first, 'passed', name);
  for (const [name, first] of outcome('failing')) assert.equal(first, 'failed', name);
  console.log(`${inNode.length} answers compared, ${evaluations.length} of them reports`);
});

test('native and WebAssembly in Node give equal bytes', async () => assertEqual(await corpus(native.call, data), inNode, 'native'));
test('WebAssembly in Chromium gives the same bytes', async () => assertEqual(await browserResults(data), inNode, 'Chromium'));
