// FIDELITY.md says what the route table and the rows say.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { render } from '../../tools/dev/fidelity.mjs';

test('the ledger is up to date', () => {
  const ledger = readFileSync(new URL('../../FIDELITY.md', import.meta.url), 'utf8');
  assert.equal(ledger, render(), 'run `node tools/dev/fidelity.mjs` and commit FIDELITY.md');
});
