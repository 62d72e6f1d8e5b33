// What happens to a ticket beside the straight way: parts that are missing, a repair that fails inspection, a change of mind, steps
// taken back, money that comes later. Each in the browser, each then true in the data.
import assert from 'node:assert/strict';
import { Api, fen } from '../api.mjs';
import { png } from '../files.mjs';
import { act, pick, state, story } from '../support.mjs';
import { crew, ticketIn } from '../tickets.mjs';

const path = (ticket) => `/service/tickets/${ticket.id}`;
const reason = (words) => (sheet) => sheet.locator('#f-reason').fill(words);
const visit = async (open, user, ticket) => {
  const page = await open({ user, path: path(ticket) });
  page.tolerate(/sessions\/refresh/, /about:srcdoc/);
  return page;
};

/** A stroke on the pad. */
async function sign(page, sheet) {
  const pad = sheet.locator('canvas');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  await page.mouse.move(box.x + 30, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 140, box.y + 70, { steps: 5 });
  await page.mouse.up();
}

// Proves: S4-1.1s2, S4-1.1s3
story('parts are awaited and arrive, the inspection fails, the rework passes', async ({ open, server }) => {
  const people = await crew(server.url);
  const ticket = await ticketIn('repairing', people);
  const bench = await visit(open, 'hz01-gc3', ticket);
  await act(bench, '待料', (sheet) => sheet.locator('#f-remark').fill('屏幕缺货'));
  await state(bench, '待料');
  await act(bench, '到料');
  await state(bench, '维修中');
  await act(bench, '完工');
  await state(bench, '待质检');
  const inspector = await visit(open, 'hz01-zj5', ticket);
  // no reason, no failure
  await inspector.locator('.action-bar').getByRole('button', { name: '质检不通过', exact: true }).click();
  const sheet = inspector.getByRole('dialog');
  await sheet.getByRole('button', { name: '质检不通过', exact: true }).click();
  await sheet.locator('.error').first().waitFor();
  await sheet.locator('#f-reason').fill('边框有缝');
  await sheet.getByRole('button', { name: '质检不通过', exact: true }).click();
  await state(inspector, '维修中');
  await bench.reload();
  await state(bench, '维修中');
  // the engineer is told
  await bench.getByRole('button', { name: /通知/ }).click();
  const notices = bench.getByRole('dialog');
  await notices.getByText(ticket.number).first().waitFor();
  await bench.accessible();
  await bench.keyboard.press('Escape');
  await act(bench, '完工');
  await inspector.reload();
  await act(inspector, '质检通过');
  await state(inspector, '待取机');
  assert.equal((await people.desk.call('getTicket', { id: ticket.id })).rework_count, 1);
});

// Proves: S4-1.1
story('a ticket is edited, photographed and cancelled with a reason', async ({ open, server }) => {
  const people = await crew(server.url);
  const ticket = await ticketIn('pending_diagnosis', people);
  const desk = await visit(open, 'hz01-qt2', ticket);
  // a photo as a phone's camera hands it over
  const camera = desk.locator('input[type=file][capture]').first();
  await camera.setInputFiles({ name: 'IMG_0001.png', mimeType: 'image/png', buffer: png(200) });
  await desk.locator('.photo img, .files img').first().waitFor();
  await desk.goto(`${path(ticket)}/edit`);
  await desk.locator('#f-fault_text').fill('进水后无法开机 💧');
  await desk.locator('.form-foot').getByRole('button', { name: '保存' }).click();
  await desk.waitForURL(new RegExp(`${ticket.id}$`));
  await desk.getByText('进水后无法开机 💧').first().waitFor();
  await act(desk, '取消工单', reason('客户放弃维修'));
  await state(desk, '已取消');
  const now = await people.desk.call('getTicket', { id: ticket.id });
  assert.equal(now.state, 'cancelled');
  assert.deepEqual(now.allowed.filter((action) => !['edit'].includes(action)), [], 'nothing leads on from a cancelled ticket');
});

// Proves: S4-1.1s4, S4-1.1s7, S1d-3.2
story('a unit leaves on credit, and every step can be taken back one by one', async ({ open, server }) => {
  const people = await crew(server.url);
  const ticket = await ticketIn('settled', people);
  const { id } = ticket;
  const manager = await visit(open, 'hz01-zz1', ticket);
  await act(manager, '取机', async (sheet) => {
    await sheet.getByLabel('挂账取机').check();
    await sign(manager, sheet);
  });
  await state(manager, '已完成');
  const { till } = people;
  assert.equal(fen((await till.call('getTicket', { id })).open), fen(ticket.charges.customer_due), 'it is still owed');
  await (await Api.signIn(server.url, 'kf01')).step('callBackTicket', id, { outcome: 'satisfied', score: 5 });
  const office = await visit(open, 'zb01', ticket);
  await act(office, '审计通过');
  await state(office, '已审计');
  for (const [action, becomes] of [['反审核', '已回访'], ['退回网点', '已完成'], ['反完成', '待取机']]) {
    await act(office, action, reason(`${action}：资料有误`));
    await state(office, becomes);
  }
  let now = await till.call('getTicket', { id });
  const settlements = now.documents.filter((document) => document.kind === 'settlement');
  assert.ok(settlements.length === 2 && settlements.every((document) => document.is_reversed), 'the settlement and its mirror');
  assert.equal(fen(now.open), 0, 'nothing is owed any more');
  // settled again, then the settlement and the finish taken back
  await till.step('settleTicket', id);
  await office.reload();
  await act(office, '反结算', reason('价格录错'));
  await state(office, '待取机');
  await act(office, '反完工', reason('还要再修'));
  await state(office, '维修中');
  now = await till.call('getTicket', { id });
  assert.equal(now.state, 'repairing');
  const books = await (await Api.signIn(server.url, 'gl01')).call('checkInvariants');
  assert.ok(books.is_clean, JSON.stringify(books.checks.filter((check) => check.violations.length)));
});

// Proves: S4-1.1
story('the board moves a card only where it may go', async ({ open, server }) => {
  const people = await crew(server.url);
  const ticket = await ticketIn('pending_qc', people);
  const page = await open({ user: 'hz01-zj5', path: '/service/board' });
  page.tolerate(/sessions\/refresh/);
  const column = (name) => page.locator('.board-column').filter({ has: page.getByRole('heading', { name, exact: true }) });
  const card = page.locator('.board-card', { hasText: ticket.number });
  await card.waitFor();
  const drag = async (to) => {
    const data = await page.evaluateHandle(() => new DataTransfer());
    await card.dispatchEvent('dragstart', { dataTransfer: data });
    const shut = await column(to).evaluate((element) => element.classList.contains('shut'));
    await column(to).dispatchEvent('dragover', { dataTransfer: data });
    await column(to).dispatchEvent('drop', { dataTransfer: data });
    await card.dispatchEvent('dragend', { dataTransfer: data });
    return shut;
  };
  assert.equal(await drag('已完成'), true, 'the column is shut');
  await page.getByText(/不允许|不能/).first().waitFor();
  assert.equal((await people.desk.call('getTicket', { id: ticket.id })).state, 'pending_qc');
  assert.equal(await drag('待取机'), false);
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: '质检通过', exact: true }).click();
  await sheet.waitFor({ state: 'hidden' });
  await column('待取机').getByText(ticket.number).waitFor();
});

// Proves: S4-1.1s2
story('the slip is drawn for the roll and for A5, and nothing is cut off', async ({ open, server }) => {
  const ticket = await ticketIn('pending_diagnosis', await crew(server.url));
  for (const size of ['desktop', 'phone']) {
    const page = await open({ user: 'hz01-qt2', path: `${path(ticket)}/slip`, size });
    page.tolerate(/sessions\/refresh/, /about:srcdoc/);
    for (const [paper, widest] of [['A5', 900], ['80 毫米小票', 340]]) {
      await page.getByRole('button', { name: paper, exact: true }).click();
      const slip = page.frameLocator('iframe.slip');
      await slip.getByText(ticket.number).first().waitFor();
      assert.ok(await slip.locator('svg, img').count(), 'a code to scan');
      const { clipped, width } = await page.locator('iframe.slip').evaluate((frame) => {
        const root = frame.contentDocument.documentElement;
        return { clipped: Math.max(root.scrollHeight - frame.clientHeight, root.scrollWidth - frame.clientWidth), width: frame.clientWidth };
      });
      assert.ok(clipped <= 1, `${paper} on a ${size}: ${clipped} px are cut off`);
      assert.ok(width <= widest, `${paper} is ${width} px broad`);
      await page.shot(`slip-${paper === 'A5' ? 'a5' : '80mm'}-${size}`);
    }
    await page.close();
  }
});
