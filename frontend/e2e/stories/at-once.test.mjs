// What happens when two people do the same thing, when one does it twice, when the session or the server goes away in the middle.
import assert from 'node:assert/strict';
import { Api, fen } from '../api.mjs';
import { PASSWORD, Server, pick, story, until } from '../support.mjs';
import { crew, ticketIn } from '../tickets.mjs';

const bar = (page) => page.locator('.action-bar');
const save = (page) => page.locator('.form-foot').getByRole('button', { name: '保存' });

// Proves: S1d-3.2
story('two cashiers settle and collect at once: the customer pays once', async ({ open, server }) => {
  const people = await crew(server.url);
  const { id } = await ticketIn('pending_pickup', people);
  const path = `/service/tickets/${id}`;
  const tills = [await open({ user: 'cw01', path }), await open({ user: 'cw01', path })];
  for (const till of tills) till.tolerate(/sessions\/refresh/, /40[19]|412/);

  for (const action of ['结算', '收款']) {
    for (const till of tills) {
      await till.goto(path);
      await bar(till).getByRole('button', { name: action, exact: true }).click();
      await till.getByRole('dialog').waitFor();
    }
    if (action === '收款') {
      for (const till of tills) await till.getByRole('dialog').getByText('已收足').waitFor();
    }
    const answers = tills.map((till) => till.waitForResponse((reply) => reply.request().method() === 'POST' && /settle|collect/.test(reply.url())));
    await Promise.all(tills.map((till) => till.getByRole('dialog').getByRole('button', { name: action, exact: true }).click()));
    const statuses = (await Promise.all(answers)).map((reply) => reply.status()).sort();
    assert.equal(statuses[0], 200, `${action}: ${statuses}`);
    assert.ok([409, 412].includes(statuses[1]), `${action}: the other one is told that the ticket has moved on, not ${statuses[1]}`);
    // the one who came late sees the ticket as it is now
    for (const till of tills) await till.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  const ticket = await people.till.call('getTicket', { id });
  assert.equal(fen(ticket.received), fen(ticket.charges.customer_due));
  assert.equal(ticket.documents.filter((document) => document.kind === 'settlement').length, 1);
  assert.equal(ticket.documents.filter((document) => document.kind === 'receipt').length, 1);
});

// Proves: S4-1.1
story('a double click on any action of a ticket does it once', async ({ open, server }) => {
  const people = await crew(server.url);
  const { id } = await ticketIn('pending_diagnosis', people);
  const twice = async (page, name, fill) => {
    await bar(page).getByRole('button', { name, exact: true }).dblclick();
    const sheet = page.getByRole('dialog');
    await sheet.waitFor();
    await fill?.(sheet);
    // two presses before anything can be drawn
    await sheet.getByRole('button', { name, exact: true }).evaluate((button) => { button.click(); button.click(); });
    await sheet.waitFor({ state: 'hidden' });
  };
  const as = async (user) => {
    const page = await open({ user, path: `/service/tickets/${id}` });
    page.tolerate(/sessions\/refresh/);
    await bar(page).waitFor();
    return page;
  };
  const desk = await as('hz01-qt2');
  await twice(desk, '派工', (sheet) => sheet.getByText('hz01-gc3').click());
  const bench = await as('hz01-gc3');
  await twice(bench, '检测', async (sheet) => {
    await sheet.locator('#f-findings').fill('屏幕总成损坏');
    await pick(bench, '#f-methods-0-method_id', '更换屏幕');
  });
  await twice(bench, '完工');
  await twice(await as('hz01-zj5'), '质检通过');
  const till = await as('cw01');
  await twice(till, '结算');
  await twice(till, '收款', (sheet) => sheet.getByText('已收足').waitFor());

  const { items } = await (await Api.signIn(server.url, 'zb01')).call('getJournal', { query: { subject_kind: 'ticket', subject_id: id } });
  const steps = items.map((entry) => entry.action).filter((action) => ['assign', 'diagnose', 'finish', 'pass_qc', 'settle', 'collect'].includes(action));
  assert.deepEqual([...new Set(steps)].length, steps.length, `each once: ${steps}`);
  const ticket = await people.till.call('getTicket', { id });
  assert.equal(ticket.documents.filter((document) => document.kind === 'receipt').length, 1);
});

/** A customer of this story's own, and the address of its form. */
async function customer(server) {
  const api = await Api.signIn(server.url, 'zb01');
  const phone = `138${String(Date.now()).slice(-8)}`;
  const made = await api.call('createCustomer', { body: { name: '原来的名字', kind: 'person', phone } });
  return { api, id: made.id, path: `/master/customers/${made.id}/edit`, get: () => api.call('getCustomer', { id: made.id }) };
}

// Proves: S1d-5
story('a stale page asks before it overwrites what somebody else saved', async ({ open, server }) => {
  const { api, id, path, get } = await customer(server);
  const page = await open({ user: 'zb01', path });
  page.tolerate(/sessions\/refresh/, /412/);
  await page.locator('#f-address').fill('我改的地址');
  const { name, kind, phone, version } = await get();
  await api.call('updateCustomer', { id, version, body: { name: '同事改的名字', kind, phone: String(phone).replace(/\s/g, '') } });
  assert.equal(name, '原来的名字');
  await save(page).click();
  const question = page.getByRole('dialog');
  await question.getByText('数据已被他人修改').waitFor();
  await page.accessible();
  assert.equal((await get()).name, '同事改的名字', 'nothing is overwritten before the answer');
  await question.getByRole('button', { name: '放弃我的修改，载入最新' }).click();
  await question.waitFor({ state: 'hidden' });
  await page.waitForFunction(() => document.querySelector('#f-name')?.value === '同事改的名字');
  // and once more, now insisting
  await page.locator('#f-address').fill('还是我的地址');
  const now = await get();
  await api.call('updateCustomer', { id, version: now.version, body: { name: '又改了', kind, phone: String(phone).replace(/\s/g, '') } });
  await save(page).click();
  await question.getByRole('button', { name: '保留我的修改并覆盖' }).click();
  await page.waitForURL(/customers\/[0-9a-f-]{36}$/);
  const last = await get();
  assert.equal(last.address, '还是我的地址');
  assert.equal(last.name, '同事改的名字', 'what was on the page was saved, all of it');
});

// Proves: S1d-5
story('a session that ends in the middle of a form costs nothing that was typed', async ({ open, server }) => {
  const { path, get } = await customer(server);
  const page = await open({ user: 'gl01', path });
  page.tolerate(/401/);
  await page.locator('#f-address').fill('会话结束前填写的地址');
  // the administrator's sessions are all ended from elsewhere; the next call finds the door shut
  const other = await Api.signIn(server.url, 'gl01');
  const sessions = (await other.call('listSessions')).items.filter((session) => !session.is_current);
  assert.ok(sessions.length > 0, 'the page is one of the sessions');
  for (const session of sessions) await other.call('revokeSession', { id: session.id });
  await save(page).click();
  const again = page.getByRole('dialog');
  await again.locator('input[autocomplete="current-password"]').fill(PASSWORD);
  assert.equal(await page.locator('#f-address').inputValue(), '会话结束前填写的地址', 'the form is still there behind it');
  await again.locator('button[type="submit"]').click();
  await again.waitFor({ state: 'hidden' });
  assert.equal(await page.locator('#f-address').inputValue(), '会话结束前填写的地址');
  if (/edit$/.test(page.url())) await save(page).click();
  await page.waitForURL(/customers\/[0-9a-f-]{36}$/);
  assert.equal((await get()).address, '会话结束前填写的地址');
});

// Proves: S1d-5
story('a page that is loaded again gives the draft back', async ({ open, server }) => {
  const { path } = await customer(server);
  const page = await open({ user: 'zb01', path });
  page.tolerate(/sessions\/refresh/);
  await page.locator('#f-address').fill('还没有保存的地址');
  await page.getByText('草稿已自动保留').waitFor();
  page.on('dialog', (dialog) => dialog.accept());
  await page.reload();
  await page.getByRole('button', { name: '恢复' }).click();
  assert.equal(await page.locator('#f-address').inputValue(), '还没有保存的地址');
});

// Proves: S1d-5
story('a server that dies in the middle of a save has saved it once or not at all, and the page can go on', async ({ open, t }) => {
  const own = await Server.start({ own: true });
  try {
    const page = await open({ user: 'zb01', server: own });
    page.tolerate(/./);
    let saved = 0;
    for (const [round, pause] of [0, 4, 12].entries()) {
      const phone = `1360000${String(1000 + round)}`;
      await page.goto('/master/customers/new');
      await page.locator('#f-name').fill(`重启前的客户 ${round}`);
      await page.locator('#f-phone').fill(phone);
      await save(page).click({ noWaitAfter: true });
      await page.waitForTimeout(pause);
      await own.stop('SIGKILL');
      await until('the page says that the server is gone, or had its answer', async () => (await page.locator('.notice.danger').count()) > 0 || !/new$/.test(page.url()), { timeout: 15_000 });
      await own.launch();
      if (/new$/.test(page.url())) {
        assert.equal(await page.locator('#f-name').inputValue(), `重启前的客户 ${round}`, 'nothing typed is lost');
        await save(page).click();
        await page.waitForURL(/customers\/[0-9a-f-]{36}$/, { timeout: 20_000 });
      } else {
        saved += 1;
      }
      const { items } = await (await Api.signIn(own.url, 'zb01')).call('listCustomers', { query: { q: phone } });
      assert.equal(items.length, 1, `round ${round}: saved once, not ${items.length} times`);
    }
    const books = await (await Api.signIn(own.url, 'gl01')).call('checkInvariants');
    assert.ok(books.is_clean, JSON.stringify(books.checks.filter((check) => check.violations.length)));
    t.diagnostic(`${saved} of 3 saves were faster than the crash`);
  } finally {
    await own.dispose();
  }
});
