// What a repair will need is planned at the desk: reserved on acceptance, issued and used by the finish, without a step for each part.
import assert from 'node:assert/strict';
import { imei } from '../api.mjs';
import { act, beginIntake, pick, state, story } from '../support.mjs';

story('parts are planned at the desk, reserved on acceptance and used by the finish', async ({ open }) => {
  const as = async (user, path) => {
    const page = await open({ user, path });
    page.tolerate(/sessions\/refresh/);
    return page;
  };

  // reception: a unit with a part that will be needed; the ticket waits
  const desk = await as('hz01-qt2', '/service/intake/new');
  await beginIntake(desk, { serial: imei(), name: '周备件' });
  await desk.getByRole('button', { name: '添加计划配件' }).click();
  // a row that nobody filled in is no plan
  await desk.getByRole('button', { name: '暂存' }).click();
  await desk.locator('#f-parts-0-product_id[aria-invalid=true]').waitFor();
  await pick(desk, '#f-parts-0-product_id', '屏', /星澜 X9/);
  assert.equal(await desk.locator('#f-parts-0-quantity').inputValue(), '1');
  // not with a target half under the foot of the form
  await desk.locator('#find').scrollIntoViewIfNeeded();
  await desk.accessible();
  await desk.sizes('planned-intake');
  await desk.getByRole('button', { name: '暂存' }).click();
  await desk.getByRole('link', { name: '打开工单' }).click();
  await state(desk, '待受理');
  const line = (page) => page.locator('#parts tbody tr').first();
  const cell = (page, label) => line(page).locator(`td[data-label="${label}"]`);
  assert.match(await cell(desk, '占用').innerText(), /^0$/, 'nothing is reserved before the acceptance, and nothing is short');

  // accepted and given to an engineer in one step
  await act(desk, '受理', async (sheet) => {
    await sheet.getByText('稍后派工').waitFor();
    await sheet.getByText('hz01-gc3').click();
    await desk.accessible();
    await desk.sizes('planned-accept');
  });
  await state(desk, '待检测');
  assert.match(await cell(desk, '占用').innerText(), /^1$/);
  const ticket = new URL(desk.url()).pathname;
  await desk.close();

  // the engineer begins, and finishes with what was planned
  const bench = await as('hz01-gc3', ticket);
  await act(bench, '检测', async (sheet) => {
    await sheet.locator('#f-findings').fill('屏幕总成损坏');
    await pick(bench, '#f-methods-0-method_id', '更换屏幕');
  });
  await state(bench, '维修中');
  await act(bench, '完工', async (sheet) => {
    await sheet.locator('#f-use_parts').check();
    await bench.accessible();
    await bench.sizes('planned-finish');
  });
  await state(bench, '待质检');
  assert.match(await cell(bench, '已领').innerText(), /^1$/);
  assert.match(await cell(bench, '已用').innerText(), /^1$/);
  await bench.close();
});
