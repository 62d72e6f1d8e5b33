// What people get wrong, and what nobody should be able to get in: each time the page says so at the field, keeps what was typed,
// and the data stay as they were.
import assert from 'node:assert/strict';
import { Api, fen, imei } from '../api.mjs';
import { xlsx } from '../files.mjs';
import { pick, story } from '../support.mjs';
import { crew, ticketIn } from '../tickets.mjs';

const office = (server) => Api.signIn(server.url, 'zb01');
const count = async (api, list, query) => (await api.call(list, { query })).items.length;
const save = (page) => page.locator('.form-foot').getByRole('button', { name: '保存' });
const note = (page, id) => page.locator(`#${id}-note .error`);

// Proves: S4-1.1
story('a serial that cannot be an IMEI is noticed at the desk, and never becomes one', async ({ open, server }) => {
  const page = await open({ user: 'hz01-qt2', path: '/service/intake/new' });
  page.tolerate(/sessions\/refresh/);
  const sound = imei();
  const wrong = sound.slice(0, 14) + ((Number(sound[14]) + 1) % 10);
  await page.locator('#find').fill(wrong);
  await page.locator('#find').press('Enter');
  await page.getByText('校验位').first().waitFor();
  // letters that no serial has are refused before anything is asked
  await page.locator('#find').fill('86<script>');
  await page.locator('#find').press('Enter');
  await page.locator('.error, [role=alert]').first().waitFor();
  assert.equal(await count(await office(server), 'listUnits', { q: wrong }), 0, 'looking something up records nothing');
});

// Proves: S1d-2.1
story('quantities below nothing or beyond reason are refused at the line', async ({ open, server }) => {
  const api = await office(server);
  const before = await count(api, 'listStockDocs', { state: 'draft', limit: '200' });
  const page = await open({ user: 'hz01-kg6', path: '/stock/documents/new' });
  page.tolerate(/sessions\/refresh/, /422/);
  const quantity = page.locator('#f-lines-0-quantity');
  const wrong = note(page, 'f-lines-0-quantity');
  for (const typed of ['0.0001', '99999999999999999999', '1e9', '半箱']) {
    await quantity.fill(typed);
    await quantity.blur();
    await wrong.waitFor();
    assert.equal(await quantity.inputValue(), typed, 'what was typed stays');
  }
  await save(page).click();
  await page.getByText('请先修正标红的内容').waitFor();
  // a number, but not one of things: with everything else right, only the server can refuse it
  await pick(page, '#f-warehouse_id', '良品库');
  await pick(page, '#f-lines-0-product_id', '星澜 X9', /屏|主板|排线|摄像/);
  await page.locator('#f-reason').selectOption({ index: 1 });
  await page.locator('#f-lines-0-unit_cost').fill('12.5');
  for (const typed of ['-1', '0']) {
    await quantity.fill(typed);
    await save(page).click();
    await wrong.waitFor();
    assert.equal(await quantity.inputValue(), typed);
  }
  assert.equal(await count(api, 'listStockDocs', { state: 'draft', limit: '200' }), before, 'no document was made');
});

// Proves: S1d-3.2
story('money has two decimals and is no more than is owed', async ({ open, server }) => {
  const people = await crew(server.url);
  const ticket = await ticketIn('settled', people);
  const page = await open({ user: 'cw01', path: `/service/tickets/${ticket.id}` });
  page.tolerate(/sessions\/refresh/, /422/, /409/);
  await page.locator('.action-bar').getByRole('button', { name: '收款', exact: true }).click();
  const sheet = page.getByRole('dialog');
  const amount = sheet.locator('#f-payments-0-amount');
  const take = sheet.getByRole('button', { name: '收款', exact: true });
  for (const typed of ['12.345', '一百', '99999999999999999']) {
    await amount.fill(typed);
    await amount.blur();
    await note(page, 'f-payments-0-amount').waitFor();
    assert.equal(await amount.inputValue(), typed, 'what was typed stays');
  }
  for (const typed of ['-3', '0']) {
    await amount.fill(typed);
    await take.click();
    await sheet.locator('.error, .notice.danger').first().waitFor();
  }
  const now = await people.till.call('getTicket', { id: ticket.id });
  assert.equal(fen(now.received), 0, 'nothing was taken');
  assert.equal(now.version, ticket.version, 'nothing was written');
});

// Proves: S1d-5
story('an emoji is a name, ten thousand characters are not', async ({ open, server }) => {
  const api = await office(server);
  const phone = `137${String(Date.now()).slice(-8)}`;
  const page = await open({ user: 'zb01', path: '/master/customers/new' });
  page.tolerate(/sessions\/refresh/, /422/);
  const name = page.locator('#f-name');
  await name.fill('长'.repeat(10_000));
  await page.locator('#f-phone').fill(phone);
  await save(page).click();
  await note(page, 'f-name').waitFor();
  assert.match(await note(page, 'f-name').textContent(), /100/, 'it says how long a name may be');
  assert.equal(await count(api, 'listCustomers', { q: phone }), 0);
  await name.fill('阿珍 👩‍🔧🔧 <b>& "O\'Neil"');
  await save(page).click();
  await page.waitForURL(/customers\/[0-9a-f-]{36}$/);
  await page.getByRole('heading', { level: 1, name: '阿珍 👩‍🔧🔧 <b>& "O\'Neil"' }).waitFor();
  assert.equal((await api.first('listCustomers', { q: phone })).name, '阿珍 👩‍🔧🔧 <b>& "O\'Neil"', 'kept to the letter');
});

// Proves: S1d-2.3
story('a workbook with broken rows is refused as a whole, and says which cells', async ({ open, server }) => {
  const api = await office(server);
  const stem = String(Date.now()).slice(-8);
  const book = xlsx([
    ['客户名称', '客户类型', '手机', '邮箱'],
    ['好行', '个人', `135${stem}`, 'hao@example.com'],
    ['', '个人', `134${stem}`, ''],
    ['坏类型', '外星人', `133${stem}`, ''],
    ['坏手机', '个人', 'abc', '不是邮箱'],
  ]);
  const page = await open({ user: 'zb01', path: '/master/import' });
  page.tolerate(/sessions\/refresh/);
  const give = (name, buffer) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer });
  await give('客户.xlsx', book);
  await page.getByText('客户.xlsx').waitFor();
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page.getByText('没有保存任何数据').waitFor({ timeout: 30_000 });
  const rows = page.locator('section', { has: page.getByRole('heading', { name: '错误明细' }) }).locator('tbody tr');
  assert.ok((await rows.count()) >= 4, 'every bad cell is named');
  await page.getByRole('button', { name: /下载|标/ }).first().waitFor();
  assert.equal(await count(api, 'listCustomers', { q: `135${stem}` }), 0, 'the good row was not saved either');
  // what is no workbook at all
  page.tolerate(/422|400|415/);
  await give('客户.xlsx', Buffer.from('this is no workbook'));
  await page.getByRole('button', { name: '检查（不保存）' }).click();
  await page.locator('.notice.danger').waitFor({ timeout: 30_000 });
});
