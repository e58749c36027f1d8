// The published schema of seeds against the readers of seeds: neither knows a member, a type or a word the other does
// not. Every object of the seeds below is changed member by member; ajv and the readers must agree about each change.
// POME_SEED_PROBLEMS names the readers' driver (tests/parity/seed_driver.cpp); by default the g++ preset's.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import { binary, root } from './support/programs.mjs';

const driver = process.env.POME_SEED_PROBLEMS ?? `${root}build/gcc/tests/pome_seed_problems`;
const model = `${root}core/twin/github/model/`;
const read = (path) => JSON.parse(readFileSync(root + path, 'utf8'));
const schema = read('core/twin/github/model/seed.schema.json');
const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);

const folder = 'tests/data/twin/seed/';
const seeds = [
  ...readdirSync(root + folder).map((name) => folder + name),
  'tests/data/twin_model/rich_seed.json',
  'tests/data/twin_model/rare_members.json',
].map((path) => ({ path, seed: read(path) }));
const scenarioSeeds = readdirSync(`${root}scenarios`).filter((name) => name.endsWith('.seed.json')).map((name) => ({ path: `scenarios/${name}`, seed: read(`scenarios/${name}`) }));

/** What the readers say of each document: [{code, message, hint}]. */
function problemsOf(documents) {
  const input = documents.map((one) => `${JSON.stringify(one)}\n`).join('');
  const run = spawnSync(driver, [], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
}

/** The objects of the seeds by place, list positions left out; of those with equal members the first: [{place, seed, path}]. */
function objectsOf() {
  const found = new Map();
  const visit = (seed, value, path, place) => {
    if (value === null || typeof value !== 'object') return;
    const key = `${place} ${Object.keys(value).sort()}`;
    if (!Array.isArray(value) && schemaAt(place)?.properties && !found.has(key)) found.set(key, { place, seed, path });
    for (const [name, below] of Object.entries(value)) {
      visit(seed, below, [...path, name], Array.isArray(value) ? `${place}/*` : `${place}/${name}`);
    }
  };
  for (const { seed } of seeds) visit(seed, seed, [], '');
  return [...found.values()];
}

const resolved = (node) => (node?.$ref ? schema.$defs[node.$ref.slice('#/$defs/'.length)] : node);
/** The alternatives of a schema, references followed. */
const forms = (node) => {
  const here = resolved(node);
  return here?.anyOf && !here.properties ? here.anyOf.flatMap(forms) : [here].filter(Boolean);
};
/** The object or list the schema describes at a place. */
function schemaAt(place) {
  let here = [schema];
  for (const step of place.split('/').slice(1)) {
    here = here.flatMap((form) => forms(step === '*' ? form.items : form.properties?.[step]));
  }
  return here.find((form) => form.properties) ?? here[0];
}

/** Every place where the schema describes the members of an object. */
function describedPlaces() {
  const places = new Set();
  const visit = (node, place) => {
    for (const form of forms(node)) {
      if (form.properties && form.additionalProperties === false) places.add(place);
      for (const [key, below] of Object.entries(form.properties ?? {})) visit(below, `${place}/${key}`);
      if (form.items) visit(form.items, `${place}/*`);
    }
  };
  visit(schema, '');
  return places;
}

/** A copy of the seed in which `change` was made to the object at `path`. */
function changed({ seed, path }, change) {
  const copy = structuredClone(seed);
  change(path.reduce((here, key) => here[key], copy));
  return copy;
}

const objects = objectsOf();
/** One object of each place, as bare as the seeds show it. */
const plainest = [...new Map([...objects].sort((a, b) => members(b) - members(a)).map((one) => [one.place, one])).values()];
function members({ seed, path }) {
  return Object.keys(path.reduce((here, key) => here[key], seed)).length;
}
/** Every word in a string literal of the model: what a reader could take for a member. */
const words = [...new Set(readdirSync(model).filter((name) => name.endsWith('.cpp'))
  .flatMap((name) => [...readFileSync(model + name, 'utf8').matchAll(/"([^"\n]*)"/g)].flatMap((match) => match[1].split(' ')))
  .filter((word) => /^[$\w]+$/.test(word)))];

test('the seeds of the tests and of the scenarios fit the schema and are read without a remark', () => {
  const all = [...seeds, ...scenarioSeeds];
  const problems = problemsOf(all.map(({ seed }) => seed));
  all.forEach(({ path, seed }, i) => {
    assert.ok(validate(seed), `${path}: ${JSON.stringify(validate.errors, null, 1)}`);
    assert.deepEqual(problems[i], [], path);
  });
});

test('the seeds show every object the schema describes', () => {
  const shown = new Set(objects.map((one) => one.place));
  assert.deepEqual([...describedPlaces()].filter((place) => !shown.has(place)), []);
});

test('schema and readers know the same members', () => {
  const documents = plainest.map((one) => changed(one, (object) => { for (const word of words) if (!(word in object)) object[word] = null; }));
  const problems = problemsOf(documents);
  plainest.forEach((one, i) => {
    const unknown = problems[i].filter(({ code }) => code === 'unknown-key').map(({ message }) => message.split('"')[1]);
    const pointer = one.path.map((key) => `/${key}`).join('');
    validate(documents[i]);
    const refused = validate.errors.filter((error) => error.keyword === 'additionalProperties' && error.instancePath === pointer).map((error) => error.params.additionalProperty);
    assert.deepEqual([...new Set(refused)].sort(), unknown.sort(), one.place || 'the seed');
  });
});

const values = ['zzz', ' ', 1.5, 0, true, {}, [], [{}], ['zzz'], [1.5], null];

/** The readers look at the second only where the first is absent. */
const other = { user: 'author', time: 'clock' };
const setting = (one, key, value) => changed(one, (object) => { object[key] = value; delete object[other[key]]; });

/** Each member of each object replaced by each value, and left out: [{at, what, seed}]. */
function mutations(list) {
  return list.flatMap((one) => Object.keys(schemaAt(one.place).properties).flatMap((key) => {
    const at = `${one.place}/${key}`;
    return [...values.map((value) => ({ at, what: JSON.stringify(value), seed: setting(one, key, value) })),
            { at, what: 'left out', seed: changed(one, (object) => { delete object[key]; }) }];
  }));
}

/** What one side alone refuses: {schema: changes, readers: remarks}. */
function disagreements(list) {
  const formal = new Set(['wrong-type', 'missing-field', 'blank', 'unknown-key']);
  const found = { schema: [], readers: [] };
  const problems = problemsOf(list.map(({ seed }) => seed));
  list.forEach(({ at, what, seed }, i) => {
    const fits = validate(seed);
    const wrong = problems[i].find(({ code, hint }) => formal.has(code) || (what === '"zzz"' && hint.startsWith('Use one of')));
    if (!fits && problems[i].length === 0) found.schema.push(`${at} ${what}`);
    if (fits && wrong) found.readers.push(`${at} ${what}: ${wrong.code} ${wrong.message}`);
  });
  return found;
}

test('schema and readers agree about types, required members and words', () => {
  const all = mutations(plainest);
  assert.ok(all.length > 4000, String(all.length));
  const first = disagreements(all);
  assert.deepEqual(first.readers, [], 'only the readers refuse');
  // Some members are read only beside others ("closed_at" of what is closed): another object of the place must show it.
  const suspects = new Set(first.schema);
  const again = mutations(objects).filter(({ at, what }) => suspects.has(`${at} ${what}`));
  const left = disagreements(again).schema;
  const times = (list) => list.reduce((counts, change) => counts.set(change, (counts.get(change) ?? 0) + 1), new Map());
  const tried = times(again.map(({ at, what }) => `${at} ${what}`));
  assert.deepEqual([...times(left)].filter(([change, count]) => count === tried.get(change)).map(([change]) => change), [], 'only the schema refuses');
});

test('the words the schema lists are the words the readers list', () => {
  const wordsAt = ({ place }, key) => forms(schemaAt(place).properties[key]).find((form) => form.enum)?.enum.filter((word) => typeof word === 'string');
  const listed = (list) => list.flatMap((one) => Object.keys(schemaAt(one.place).properties).filter((key) => wordsAt(one, key)?.length).map((key) => ({ one, key, at: `${one.place}/${key}` })));
  const asked = listed(objects);
  const hints = problemsOf(asked.map(({ one, key }) => setting(one, key, 'zzz')));
  const named = new Map();
  asked.forEach(({ one, key, at }, i) => {
    const hint = hints[i].find((problem) => problem.hint.startsWith('Use one of: '))?.hint;
    if (hint) named.set(at, hint.slice('Use one of: '.length, -1).split(', ').filter((word) => !wordsAt(one, key).includes(word)));
  });
  const tries = listed(plainest).flatMap(({ one, key, at }) => wordsAt(one, key).map((word) => ({ one, key, at, word })));
  const taken = problemsOf(tries.map(({ one, key, word }) => setting(one, key, word)));
  for (const { at } of tries) assert.deepEqual(named.get(at), [], at);
  tries.forEach(({ at, word }, i) => assert.ok(!taken[i].some(({ hint }) => hint.startsWith('Use one of')), `${at} ${word}`));
});

test('seeds that are wrong in form are refused by both', () => {
  const formal = new Set(['wrong-type', 'missing-field', 'blank', 'empty']);
  const { rows } = read('tests/data/twin_model/invalid_seeds.json');
  let compared = 0;
  for (const row of rows) {
    let seed;
    try { seed = JSON.parse(row.seed); } catch { continue; }
    const expected = row.diagnostics.some((line) => formal.has(/^[EW] \S+ ([\w-]+):/.exec(line)[1]) && !line.includes('At least one'));
    if (!expected) continue;
    compared += 1;
    assert.equal(validate(seed), false, row.name);
  }
  assert.ok(compared > 10);
});

test('`pome seed schema` prints the schema', () => {
  const run = spawnSync(binary, ['seed', 'schema'], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  assert.deepEqual(JSON.parse(run.stdout), schema);
});
