// A broken phone comes in, goes out repaired, and the books show it: seven people, one ticket, in a real browser.
import assert from 'node:assert/strict';
import { imei } from '../api.mjs';
import { act, beginIntake, pick, state, story } from '../support.mjs';

const yuan = (text) => Math.round(Number(text.replace(/[¥,\s]/g, '')) * 100);

// Proves: S4-1.1, S4-1.1A, S4-1.1s2, S4-1.1s3, S4-1.1s4, S4-1.1s5, S4-1.1s6, S4-1.1s7, S1d-2.1, S1d-2.3, S1d-2.6, S1d-3.2, S1d-5
story('a broken phone comes in, goes out repaired, and the books show it', async ({ open }) => {
  const serial = imei();

  /** A signed-in page. The first visit tries a session cookie that is not there yet: Chromium logs its 401. */
  const as = async (user) => {
    const page = await open({ user });
    page.tolerate(/sessions\/refresh/);
    return page;
  };

  // reception: phone, serial, and the rest with the keyboard
  const desk = await as('hz01-qt2');
  await desk.goto('/service/intake/new');
  await beginIntake(desk, { serial, name: '林小满' });
  await desk.locator('#f-fault_text').fill('摔落后屏幕碎裂，触摸失灵');
  await desk.getByLabel('充电器').check();
  await desk.locator('#f-appearance').fill('左上角磕碰');
  await desk.getByRole('button', { name: '明天 18:00' }).click();
  await desk.accessible();
  await desk.sizes('main-job-intake');
  await desk.locator('#f-appearance').press('Control+Enter');
  await desk.waitForURL(/\/service\/tickets\/[0-9a-f-]+\/slip/);
  const id = desk.url().match(/tickets\/([0-9a-f-]+)\//)[1];

  // the slip carries number, customer, serial and the code to scan
  const slip = desk.frameLocator('iframe.slip');
  await desk.getByRole('heading', { level: 1, name: /RE\d+/ }).waitFor();
  const number = (await desk.locator('h1').textContent()).match(/RE\d+/)[0];
  await slip.getByText(number).first().waitFor();
  await slip.getByText('林小满').first().waitFor();
  await slip.getByText(serial).first().waitFor();
  assert.ok(await slip.locator('svg, img').count(), 'the slip has a code to scan');
  await desk.shot('main-job-slip-a5');

  // the same desk gives it to an engineer
  const ticket = `/service/tickets/${id}`;
  await desk.goto(ticket);
  await state(desk, '待检测');
  await act(desk, '派工', (sheet) => sheet.getByText('hz01-gc3').click());
  await desk.close();

  // engineer: diagnosis, a part from the station's store, finish
  const bench = await as('hz01-gc3');
  await bench.goto(ticket);
  await act(bench, '检测', async (sheet) => {
    await sheet.locator('#f-findings').fill('屏幕总成损坏，主板正常');
    await pick(bench, '#f-methods-0-method_id', '更换屏幕');
  });
  await state(bench, '维修中');
  await pick(bench, '#add-part', '屏', /星澜 X9 .*可用/);
  await bench.getByRole('button', { name: '添加', exact: true }).click();
  const line = bench.locator('#parts tbody tr').first();
  await line.getByRole('button', { name: '领料' }).click();
  await step(bench, line, '领料');
  await line.getByRole('button', { name: '装机' }).click();
  await step(bench, line, '装机');
  await bench.sizes('main-job-bench');
  await bench.accessible();
  await act(bench, '完工');
  await state(bench, '待质检');
  await bench.close();

  // somebody else inspects it
  const inspector = await as('hz01-zj5');
  await inspector.goto(ticket);
  await act(inspector, '质检通过');
  await state(inspector, '待取机');
  await inspector.close();

  // cashier: settles and takes cash and WeChat
  const till = await as('cw01');
  await till.goto(ticket);
  const due = yuan(await till.locator('#money .total.strong .number').first().textContent());
  assert.ok(due > 0, 'a repair out of warranty is charged');
  await act(till, '结算');
  await till.locator('#money .tag', { hasText: '未收清' }).waitFor();
  await act(till, '收款', async (sheet) => {
    await sheet.locator('#f-payments-0-amount').fill('10.00');
    await sheet.getByText('还差').waitFor();
    await sheet.getByRole('button', { name: '再加一种方式' }).click();
    await sheet.locator('#f-payments-1-method').selectOption('wechat');
    await sheet.locator('#f-payments-1-amount').fill(((due - 1000) / 100).toFixed(2));
    await sheet.getByText('已收足').waitFor();
  });
  await till.locator('#money .tag', { hasText: '已收清' }).waitFor();
  await till.close();

  // pickup: accessories ticked off, signature on the screen
  const counter = await as('hz01-qt2');
  await counter.goto(ticket);
  await act(counter, '取机', async (sheet) => {
    await sheet.getByLabel(/充电器/).check();
    const pad = await sheet.locator('canvas').boundingBox();
    await counter.mouse.move(pad.x + 40, pad.y + 60);
    await counter.mouse.down();
    await counter.mouse.move(pad.x + 120, pad.y + 30, { steps: 6 });
    await counter.mouse.move(pad.x + 200, pad.y + 80, { steps: 6 });
    await counter.mouse.up();
  });
  await state(counter, '已完成');
  await counter.close();

  // callback, then audit
  const care = await as('kf01');
  await care.goto(ticket);
  await act(care, '回访', async (sheet) => {
    await sheet.locator('.star').nth(4).click();
  });
  await state(care, '已回访');
  await care.close();

  const office = await as('zb01');
  await office.goto(ticket);
  await act(office, '审计通过');
  await state(office, '已审计');

  // the ledgers, from the ticket's own page
  await office.locator('#ledger').getByRole('button', { name: '查看分录' }).click();
  const entries = office.getByRole('dialog');
  await entries.getByRole('heading', { name: '库存分录' }).waitFor();
  await entries.getByText('维修耗用单').first().waitFor();
  await entries.getByText('服务结算单').first().waitFor();
  await entries.getByText('收款单').first().waitFor();
  const money = entries.locator('section', { has: office.getByRole('heading', { name: '会计分录' }) });
  const sum = async (column) => (await money.locator(`tbody td:nth-child(${column})`).allTextContents()).map((cell) => yuan(cell || '0')).reduce((a, b) => a + b, 0);
  const debit = await sum(2);
  assert.ok(debit > 0, 'money was posted');
  assert.equal(debit, await sum(3), 'debit and credit are equal to the fen');
  await office.shot('main-job-ledger');
});

/** A step of a part may ask for a serial or for the old part; then its dialog is sent as it is proposed. */
async function step(page, line, name) {
  const dialog = page.getByRole('dialog');
  const next = { 领料: line.getByRole('button', { name: '装机' }), 装机: line.getByRole('button', { name: '装机' }) }[name];
  if (name === '领料') {
    await Promise.race([next.waitFor(), dialog.waitFor()]);
  } else {
    await Promise.race([next.waitFor({ state: 'detached' }), dialog.waitFor()]);
  }
  if (await dialog.isVisible()) {
    await dialog.getByRole('button', { name, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
}
