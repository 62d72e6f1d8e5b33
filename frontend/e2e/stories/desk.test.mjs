// What one does all day at a desk: find things, keep views, use the keyboard, take a unit in without the mouse, look after one's sessions.
import assert from 'node:assert/strict';
import { Api, imei } from '../api.mjs';
import { PASSWORD, story, until } from '../support.mjs';
import { crew, ticketIn } from '../tickets.mjs';

// Proves: S1d-2.1
/** Ctrl K as soon as the page listens: a heading may be seen a moment earlier. */
async function callPalette(page) {
  await until('the palette is open', async () => {
    if (await page.locator('#palette').isVisible()) return true;
    await page.keyboard.press('Control+k');
    return page.locator('#palette').waitFor({ timeout: 1000 }).then(() => true, () => false);
  });
}

story('Ctrl K finds a ticket by number, phone, serial and name, and a page by its name', async ({ open, server }) => {
  const ticket = await ticketIn('pending_diagnosis', await crew(server.url));
  const page = await open({ user: 'hz01-qt2' });
  page.tolerate(/sessions\/refresh/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  for (const words of [ticket.number, ticket.customer_phone.replace(/\D/g, ''), ticket.serial, ticket.customer_name]) {
    await callPalette(page);
    await page.locator('#palette').fill(words);
    await page.locator('#palette-list [role=option]', { hasText: /工单/ }).first().waitFor();
    if (words !== ticket.customer_name) {
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname !== '/');
      await page.goto('/');
      await page.getByRole('heading', { level: 1 }).waitFor();
    } else {
      await page.accessible();
      await page.keyboard.press('Escape');
    }
  }
  await callPalette(page);
  await page.locator('#palette').fill('看板');
  await page.locator('#palette-list [role=option]', { hasText: '工单看板' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/service\/board$/);
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Ctrl').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});

// Proves: S4-1.1
story('a unit is taken in with the keyboard alone, in less than a minute', async ({ open, t }) => {
  const page = await open({ user: 'hz01-qt2', path: '/' });
  page.tolerate(/sessions\/refresh/, /about:srcdoc/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const serial = imei();
  const keys = async (text) => page.keyboard.type(text, { delay: 60 });
  const at = (id) => page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);
  const began = Date.now();
  await page.keyboard.press('Control+k');
  await at('palette');
  await keys('接机');
  await page.keyboard.press('Enter');
  await at('find');
  await keys(`139${serial.slice(-8)}`);
  await page.keyboard.press('Enter');
  await at('find');
  await page.waitForFunction(() => document.querySelector('#f-new_customer-phone')?.value);
  await keys(serial);
  await page.keyboard.press('Enter');
  await at('f-new_customer-name');
  await keys('赵快手');
  // from field to field as the page leads, choosing with the arrow keys
  const visited = [];
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    const id = await page.evaluate(() => document.activeElement?.id ?? '');
    visited.push(id);
    const choose = { 'f-product_id': '星澜 X9', 'f-warranty_state_id': '保外', 'f-fault_ids': '屏' }[id];
    if (choose) {
      await page.keyboard.press('Control+a');
      await keys(choose);
      await page.locator(`#${id}[aria-expanded=true]`).waitFor();
      const list = page.locator(`#${await page.locator(`#${id}`).getAttribute('aria-controls')} [role=option]:not([aria-disabled])`, { hasText: choose });
      await list.first().waitFor();
      await page.keyboard.press('Enter');
    }
    if (id === 'f-fault_ids') break;
  }
  for (const id of ['f-product_id', 'f-fault_ids']) assert.ok(visited.includes(id), `Tab leads to ${id}: ${visited}`);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/slip/);
  const seconds = (Date.now() - began) / 1000;
  assert.ok(seconds < 60, `it took ${seconds} s`);
  t.diagnostic(`intake by keyboard alone: ${seconds.toFixed(1)} s, 60 ms a key`);
});

story('a list keeps what its reader has arranged', async ({ open }) => {
  const page = await open({ user: 'hz01-zz1', path: '/service/tickets' });
  page.tolerate(/sessions\/refresh/);
  await page.locator('tbody tr').first().waitFor();
  await page.locator('#filter-q').fill('星澜');
  await page.getByRole('button', { name: '查询', exact: true }).click();
  await page.waitForURL(/q=/);
  await page.getByRole('button', { name: '保存视图' }).click();
  await page.locator('#view-name').fill('星澜手机');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  const headings = page.locator('thead th');
  const columns = await headings.count();
  await page.getByRole('button', { name: '列设置' }).click();
  await page.getByRole('menu').locator('[role^=menuitem]').nth(3).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '紧凑' }).click();
  assert.equal(await headings.count(), columns - 1);
  await page.reload();
  await page.locator('tbody tr').first().waitFor();
  assert.equal(await headings.count(), columns - 1, 'the column stays away');
  assert.equal(await page.getByRole('button', { name: '紧凑' }).getAttribute('aria-pressed'), 'true');
  await page.goto('/service/tickets');
  await page.getByText('星澜手机', { exact: true }).click();
  await page.waitForURL(/q=/);
  await page.getByRole('button', { name: '重置' }).click();
  await page.waitForURL((url) => !url.search.includes('q='));
});

// Proves: S1d-5
story('another session is seen and signed out; its page ends at once', async ({ open, server }) => {
  const elsewhere = await Api.signIn(server.url, 'kf01');
  const page = await open({ user: 'kf01', path: '/account' });
  page.tolerate(/sessions\/refresh/);
  const others = page.locator('.devices').getByRole('button', { name: '强制下线' });
  await others.first().waitFor();
  for (let left = await others.count(); left > 0; left -= 1) {
    await others.first().click();
    await page.getByRole('dialog').getByRole('button', { name: '强制下线' }).click();
    await page.waitForFunction((wanted) => document.querySelectorAll('.devices button').length === wanted, left - 1);
  }
  assert.equal((await elsewhere.send('listSessions')).status, 401);
});

// Proves: S1d-5
story('the first sign-in asks for a password of one\'s own, and nothing else works before', async ({ open, server }) => {
  const office = await Api.signIn(server.url, 'gl01');
  const { org_id: org } = office.me;
  const login = `t${String(Date.now()).slice(-8)}`;
  const role = await office.first('listRoles', {});
  const draft = { login, name: '新同事', org_id: org, role_ids: [role.id], language: 'zh-CN', first_password: 'first-password-1' };
  await office.call('createUser', { body: draft });
  const fresh = await Api.signIn(server.url, login, 'first-password-1');
  assert.equal((await fresh.send('listTickets')).status, 403, 'only the password can be changed');
  const page = await open();
  page.tolerate(/sessions\/refresh/, /4\d\d/);
  await page.locator('input[autocomplete="username"]').fill(login);
  await page.locator('input[autocomplete="current-password"]').fill('first-password-1');
  await page.locator('form button[type="submit"]').click();
  await page.locator('input[autocomplete="new-password"]').first().waitFor();
  await page.accessible();
  const secrets = page.locator('input[autocomplete="new-password"]');
  await page.locator('input[autocomplete="current-password"]').fill('first-password-1');
  await secrets.nth(0).fill('a quite different one 2');
  await secrets.nth(1).fill('a quite different one 2');
  await page.locator('form button[type="submit"]').click();
  await page.getByRole('button', { name: /新同事/ }).waitFor();
  await assert.rejects(Api.signIn(server.url, login, 'first-password-1'), /401/);
  assert.notEqual(PASSWORD, 'a quite different one 2');
});
