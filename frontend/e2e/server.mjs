// The real server binary in a data folder of its own. See support.mjs for the environment it reads.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Waits for a fact; the only place that looks at a clock. */
export async function until(what, check, { timeout = 15_000, every = 100 } = {}) {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await check();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`timed out waiting until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

/** Loads the demo data once, into AFTERCARE_E2E_DATA or a folder of its own that goes with the process; servers start from copies of it. */
export async function loadDemo() {
  const given = process.env.AFTERCARE_E2E_DATA;
  if (process.env.AFTERCARE_URL || (given && existsSync(given))) return;
  const folder = given || mkdtempSync(join(tmpdir(), 'aftercare-e2e-demo-'));
  if (!given) process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true });
  const started = Date.now();
  const server = await Server.start({ data: folder });
  await server.stop();
  console.log(`demo data loaded in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  process.env.AFTERCARE_E2E_DATA = folder;
}

// Settings of this harness and of the build: the server reads AFTERCARE_... too and refuses what it does not know.
const OURS = /^AFTERCARE_(BIN|URL|E2E_.*|PASSWORD|CHROMIUM|TEST_.*|PG_BIN|WASM_.*|CACHE.*)$/;

export class Server {
  /** Starts the binary on `data` (a copy of the demo data when left out), or points at AFTERCARE_URL unless it is to be its `own`. */
  static async start({ data, env = {}, port, own = false } = {}) {
    const server = new Server();
    if (process.env.AFTERCARE_URL && !data && !own) {
      server.url = process.env.AFTERCARE_URL.replace(/\/$/, '');
      return server;
    }
    server.bin = process.env.AFTERCARE_BIN;
    if (!server.bin) throw new Error('AFTERCARE_BIN names no server binary (or set AFTERCARE_URL)');
    server.owned = !data;
    server.data = data ?? mkdtempSync(join(tmpdir(), 'aftercare-e2e-'));
    if (!data && process.env.AFTERCARE_E2E_DATA) cpSync(process.env.AFTERCARE_E2E_DATA, server.data, { recursive: true });
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name)));
    server.env = { AFTERCARE_DEMO_SCALE: 'small', RUST_LOG: 'warn', ...inherited, ...env };
    server.port = port ?? (await freePort());
    server.url = `http://127.0.0.1:${server.port}`;
    await server.launch();
    return server;
  }

  async launch() {
    this.log = join(this.data, 'server.log');
    const out = openSync(this.log, 'a');
    this.child = spawn(this.bin, ['serve', '--demo', '--data', this.data, '--listen', `127.0.0.1:${this.port}`], {
      env: this.env,
      stdio: ['ignore', out, out],
    });
    this.ended = new Promise((resolve) => {
      this.child.once('exit', (code, signal) => resolve(signal ?? code));
      this.child.once('error', (error) => resolve(error.message));
    });
    let ended = null;
    this.ended.then((how) => (ended = how));
    try {
      await until('the server is ready', async () => {
        if (ended !== null) throw new Error(`the server ended (${ended})`);
        return fetch(`${this.url}/readyz`).then((reply) => reply.ok, () => false);
      }, { timeout: 180_000 });
    } catch (error) {
      error.message += `\n--- end of ${this.log}\n${this.tail()}`;
      await this.stop('SIGKILL');
      throw error;
    }
  }

  tail(lines = 40) {
    return this.log ? readFileSync(this.log, 'utf8').split('\n').slice(-lines).join('\n') : '';
  }

  /** Ends the process that this object started, by its id. Answers its exit code. */
  async stop(signal = 'SIGTERM') {
    if (!this.child) return null;
    this.child.kill(signal);
    const late = setTimeout(() => this.child.kill('SIGKILL'), 15_000);
    const how = await this.ended;
    clearTimeout(late);
    this.child = null;
    return how;
  }

  /** Stops and starts again on the same data and the same port; `SIGKILL` for a crash. */
  async restart(signal = 'SIGTERM') {
    await this.stop(signal);
    await this.launch();
  }

  async dispose() {
    await this.stop();
    if (this.owned) rmSync(this.data, { recursive: true, force: true });
  }
}
