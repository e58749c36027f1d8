// The core's YAML subset against a full YAML 1.2 parser: every accepted row of the data file must mean the same there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseDocument } from 'yaml';

const rows = JSON.parse(readFileSync(new URL('../data/scenario/yaml.json', import.meta.url), 'utf8'));

test('accepted rows have the value that npm yaml gives them', () => {
  let compared = 0;
  for (const row of rows.filter((row) => 'value' in row)) {
    const document = parseDocument(row.yaml, { version: '1.2', schema: 'core' });
    assert.deepEqual(document.errors, [], row.yaml);
    assert.deepEqual(document.toJS(), row.value, row.yaml);
    compared += 1;
  }
  assert.ok(compared > 30, `only ${compared} rows`);
});

test('every row has a value or errors', () => {
  for (const row of rows) assert.notEqual('value' in row, 'errors' in row, row.yaml);
});
