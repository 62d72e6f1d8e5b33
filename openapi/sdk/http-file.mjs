// Runs a .http file as the REST clients of editors do: `@name = value`, `# @name login`, {{name}}, {{login.response.body.access_token}},
// {{$guid}}, requests separated by ###. Only what the examples use; anything else is an error rather than a guess.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Sends every request in order and answers { name, status, headers, body } of each. `variables` replace those of the file. */
export async function runHttpFile(path, variables = {}) {
  const known = new Map();
  const named = new Map();
  const replies = [];
  const fill = (text) =>
    text.replace(/\{\{(.+?)\}\}/g, (_, expression) => {
      if (expression === '$guid') return randomUUID();
      const [name, ...rest] = expression.split('.');
      if (rest.length === 0 && known.has(name)) return known.get(name);
      if (!named.has(name) || rest[0] !== 'response') throw new Error(`${path}: {{${expression}}} is not known`);
      const reply = named.get(name);
      if (rest[1] === 'headers') return reply.headers.get(rest[2]);
      const value = rest.slice(2).join('.').split(/[.[\]]+/).filter(Boolean).reduce((part, key) => part?.[key], reply.body);
      if (value === undefined) throw new Error(`${path}: {{${expression}}} is not in ${JSON.stringify(reply.body)}`);
      return String(value);
    });
  for (const block of readFileSync(path, 'utf8').split(/^###.*$/m)) {
    const lines = block.split('\n');
    let name = null;
    while (lines.length > 0 && (lines[0].trim() === '' || /^(#|@|\/\/)/.test(lines[0]))) {
      const line = lines.shift();
      const variable = /^@(\w+)\s*=\s*(.*)$/.exec(line);
      if (variable) known.set(variable[1], variables[variable[1]] ?? fill(variable[2].trim()));
      name = /^#\s*@name\s+(\w+)/.exec(line)?.[1] ?? name;
    }
    if (lines.length === 0) continue;
    const [method, ...address] = fill(lines.shift()).trim().split(' ');
    const end = lines.findIndex((line) => line.trim() === '');
    const head = (end < 0 ? lines : lines.slice(0, end)).map((line) => fill(line));
    const body = end < 0 ? '' : fill(lines.slice(end).join('\n')).trim();
    // an address may go on over indented lines
    const more = head.filter((line) => /^\s+[?&]/.test(line)).map((line) => line.trim());
    const headers = head.filter((line) => !/^\s+[?&]/.test(line)).map((line) => line.split(/:\s*(.*)/s).slice(0, 2));
    const response = await fetch(encodeURI(address.join(' ') + more.join('')), { method, headers: Object.fromEntries(headers), ...(body && { body }) });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const reply = { name, status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    if (name) named.set(name, reply);
    replies.push(reply);
  }
  return replies;
}
