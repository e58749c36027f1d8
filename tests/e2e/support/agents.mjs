// Agents as shell one-liners. Each answers the preflight, unless it is meant not to.
const quoted = (script) => `sh -c '${script.replaceAll("'", `'"'"'`)}'`;

/** An agent that runs `script` after its preflight. */
export const agent = (script) => quoted(`[ "$POME_PREFLIGHT" = 1 ] && exit 0\n${script}`);
export const wholeAgent = quoted;

/** An agent in JavaScript; `code` may use `api(method, path, body)` and `env`. */
export const script = (code) => agent(`exec "${process.execPath}" --input-type=module -e "$CODE"`.replace('$CODE', `
const env = process.env;
const api = async (method, path, body) => fetch(env.POME_GITHUB_REST_URL + path, { method, body: body && JSON.stringify(body),
  headers: { authorization: \`Bearer \${env.POME_AUTH_TOKEN}\`, 'content-type': 'application/json' } });
${code}`.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('`', '\\`').replaceAll('$', '\\$')));
