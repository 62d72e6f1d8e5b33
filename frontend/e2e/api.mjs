// The documented API from a plain program: no browser, no type of the server. Paths, methods and which headers an operation wants
// come from the server's own openapi.json; nothing is known here that an integrator could not read there.
//
//   const desk = await Api.signIn(server.url, 'hz01-qt2');
//   const ticket = await desk.call('createTicket', { body: {...} });                  // the reply's body; a problem is thrown
//   await desk.call('assignTicket', { id: ticket.id, version: ticket.version, body });
//   const reply = await desk.send('finishTicket', { id, version, body, key });        // { status, headers, body } as they came
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { PASSWORD } from './browser.mjs';

const documents = new Map();

/** The operations of the server's document by their operationId. */
async function operations(url) {
  if (!documents.has(url)) {
    const reply = await fetch(`${url}/api/v1/openapi.json`);
    assert.equal(reply.status, 200, 'the document is public');
    const { paths } = await reply.json();
    const found = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation.operationId)
        .map(([method, operation]) => [operation.operationId, { method: method.toUpperCase(), path, ...operation }]));
    documents.set(url, new Map(found));
  }
  return documents.get(url);
}

export class Api {
  /** Signs a person in. */
  static async signIn(url, login, password = PASSWORD) {
    const api = new Api();
    Object.assign(api, { url, login, password, operations: await operations(url) });
    await api.again();
    return api;
  }

  /** A new token, for example after the server has started again. */
  async again() {
    const session = await this.call('signIn', { body: { login: this.login, password: this.password } });
    this.token = session.access_token;
    this.me = session.me;
  }

  /** Sends a request as the document describes it, and answers what came back, whatever it is. */
  async send(operationId, { id, query = {}, body, version, key, headers = {}, type = 'application/json' } = {}) {
    const operation = this.operations.get(operationId);
    assert.ok(operation, `the document knows no ${operationId}`);
    const wants = (name) => operation.parameters?.some((parameter) => parameter.name === name);
    const sent = { 'accept-language': 'zh-CN', ...headers };
    if (this.token) sent.authorization = `Bearer ${this.token}`;
    if (body !== undefined) sent['content-type'] = type;
    if (version !== undefined) sent['if-match'] = `"${version}"`;
    if (wants('Idempotency-Key')) sent['idempotency-key'] = key ?? randomUUID();
    const search = new URLSearchParams(Object.entries(query)).toString();
    const reply = await fetch(`${this.url}${operation.path.replace('{id}', id)}${search && `?${search}`}`, {
      method: operation.method,
      headers: sent,
      body: body === undefined ? undefined : Buffer.isBuffer(body) ? body : JSON.stringify(body),
    });
    const text = await reply.text();
    const documented = Object.keys(operation.responses).some((status) => status === String(reply.status));
    assert.ok(documented, `${operationId} answered ${reply.status}, which the document does not name: ${text.slice(0, 300)}`);
    const isJson = /json/.test(reply.headers.get('content-type') ?? '');
    return { status: reply.status, headers: reply.headers, body: isJson ? JSON.parse(text) : text };
  }

  /** As `send`, but anything else than success is an error with the problem in it. */
  async call(operationId, request) {
    const reply = await this.send(operationId, request);
    if (reply.status >= 400) {
      const error = new Error(`${operationId}: ${reply.status} ${JSON.stringify(reply.body)}`);
      throw Object.assign(error, { status: reply.status, problem: reply.body });
    }
    return reply.body;
  }

  /** The first record of a list that fits. */
  async first(operationId, query, fits = () => true) {
    const page = await this.call(operationId, { query: { limit: '200', ...query } });
    const found = page.items.find(fits);
    assert.ok(found, `${operationId} ${JSON.stringify(query)} offers nothing that fits`);
    return found;
  }

  /** Does something to the present state of a ticket. */
  async step(operationId, id, body = {}) {
    const { version } = await this.call('getTicket', { id });
    return this.call(operationId, { id, version, body });
  }
}

/** 15 digits whose last one is the check digit of an IMEI. */
export function imei(salt = Math.floor(Math.random() * 1e12)) {
  const head = `86${String(salt).padStart(12, '0').slice(-12)}`;
  const sum = [...head].map(Number).reduce((total, digit, index) => total + (index % 2 ? Math.floor((digit * 2) / 10) + ((digit * 2) % 10) : digit), 0);
  return head + String((10 - (sum % 10)) % 10);
}

/** Fen of an amount. */
export const fen = (money) => Math.round(Number(typeof money === 'string' ? money : money.amount) * 100);
