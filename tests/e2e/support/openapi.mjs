// GitHub's OpenAPI description as a judge: schemas compiled for Ajv, declared parameters, documentation links.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const require = createRequire(import.meta.url);
const file = require.resolve('@octokit/openapi/generated/api.github.com.json');
const description = JSON.parse(readFileSync(file, 'utf8'));

const operations = new Map();
for (const [path, methods] of Object.entries(description.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    if (operation.operationId) {
      const parameters = [...(methods.parameters ?? []), ...(operation.parameters ?? [])];
      operations.set(operation.operationId, { ...operation, parameters, method: method.toUpperCase(), path });
    }
  }
}

const refName = (ref) => ref.split('/').pop();
const deref = (node) => (node?.$ref ? node.$ref.slice(2).split('/').reduce((at, key) => at[key], description) : node);

/**
 * "Another error, or a repository-rule-violation-error": every member of the second is optional, so a body of the first
 * would be both and "exactly one" never hold. What tells them apart is `metadata`, which only the second describes.
 */
function toldApart(parts) {
  const violation = (part) => refName(part.$ref ?? '') === 'repository-rule-violation-error';
  if (!parts?.some(violation)) return parts;
  const marked = { required: ['metadata'] };
  return parts.map((part) => ({ allOf: [part, violation(part) ? marked : { not: marked }] }));
}

/** OpenAPI 3.0 to JSON Schema: `nullable` becomes a null alternative, references point into `definitions`. */
function toJsonSchema(node) {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (node === null || typeof node !== 'object') return node;
  if (node.$ref) return { $ref: `github#/definitions/${refName(node.$ref)}` };
  const out = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'example' || key === 'examples' || key === 'nullable' || key === 'discriminator') continue;
    if (key === 'properties') {
      out.properties = Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, toJsonSchema(schema)]));
    } else {
      const literal = key === 'enum' || key === 'default' || key === 'const';
      out[key] = literal ? value : toJsonSchema(key === 'oneOf' ? toldApart(value) : value);
    }
  }
  return node.nullable ? { anyOf: [{ type: 'null' }, out] } : out;
}

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
addFormats(ajv);
ajv.addFormat('timestamp', true);

// The payloads of events overlap (each is a public-event too), so "exactly one of" would hold for none. Which one it is
// the event's type says: it is the title of the payload's schema.
const { event, 'deployment-status': deploymentStatus } = description.components.schemas;
const payloads = event.properties.payload.oneOf;
const title = (part) => description.components.schemas[refName(part.$ref)].title;
event.properties.type = { type: 'string', enum: payloads.map(title) };
event.properties.payload = {};
event.allOf = payloads.map((part) => ({
  if: { properties: { type: { const: title(part) } } },
  then: { properties: { payload: part } },
}));
// The links of a deployment status are "" when nobody gave one: their default, though their format forbids it.
for (const name of ['target_url', 'environment_url', 'log_url']) {
  const { format, default: none, ...link } = deploymentStatus.properties[name];
  deploymentStatus.properties[name] = { ...link, anyOf: [{ format }, { const: none }] };
}
const schemas = Object.entries(description.components.schemas);
ajv.addSchema({ $id: 'github', definitions: Object.fromEntries(schemas.map(([k, v]) => [k, toJsonSchema(v)])) });

const compiled = new Map();

export function operation(id) {
  const found = operations.get(id);
  if (!found) throw new Error(`GitHub has no operation ${id}`);
  return found;
}

/** The link errors of an operation carry. */
export const docsUrl = (id) => operation(id).externalDocs.url;

/** Names a client may send besides the path: query parameters and members of the body. */
export function declaredParameters(id) {
  const { parameters, requestBody } = operation(id);
  const names = new Set(parameters.map(deref).filter((p) => p.in === 'query').map((p) => p.name));
  const collect = (schema) => {
    const node = deref(schema) ?? {};
    for (const name of Object.keys(node.properties ?? {})) names.add(name);
    for (const part of [...(node.oneOf ?? []), ...(node.anyOf ?? []), ...(node.allOf ?? [])]) collect(part);
  };
  for (const content of Object.values(deref(requestBody)?.content ?? {})) collect(content.schema);
  return [...names];
}

const wildcard = (id, status) => {
  const { responses } = operation(id);
  return deref(responses[status] ?? responses[`${String(status)[0]}XX`] ?? responses.default);
};

/** Whether GitHub documents that status for the operation. */
export const documents = (id, status) => wildcard(id, status) !== undefined;

const basicError = { $ref: '#/components/schemas/basic-error' };

/** Problems of a body under the schema of its status; refusals GitHub describes no body for are held to `basic-error`. */
export function violations(id, status, body, contentType = 'application/json') {
  const response = wildcard(id, status);
  const contents = response?.content ?? {};
  const type = Object.keys(contents).find((key) => contentType.startsWith(key)) ?? 'application/json';
  const schema = contents[type]?.schema ?? (status >= 400 ? basicError : undefined);
  if (!schema) return body === undefined || body === '' || body === null ? [] : ['a body where GitHub sends none'];
  const key = `${id} ${status} ${type}`;
  if (!compiled.has(key)) compiled.set(key, ajv.compile(toJsonSchema(schema)));
  const validate = compiled.get(key);
  if (validate(body)) return [];
  return validate.errors.map((error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`);
}

/** GitHub's name of an event's description: "pull-request-review-submitted". */
const webhookName = (event, action) => [event, action].filter(Boolean).join('-').replaceAll('_', '-');

/** Problems of a webhook's payload under GitHub's schema of that event and action. */
export function payloadViolations(event, action, payload) {
  const name = webhookName(event, action);
  const found = description['x-webhooks'][name];
  if (!found) return [`GitHub describes no ${name}`];
  const { schema } = found.post.requestBody.content['application/json'];
  const key = `webhook ${name}`;
  if (!compiled.has(key)) compiled.set(key, ajv.compile(toJsonSchema(schema)));
  const validate = compiled.get(key);
  return validate(payload) ? [] : validate.errors.map((error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`);
}
