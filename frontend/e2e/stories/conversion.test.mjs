// An old unit comes apart for its parts, and goods cost less from now on.
import assert from 'node:assert/strict';
import { pick, state, story } from '../support.mjs';

/** Presses an action that asks once more, and agrees. */
async function agree(page, action) {
  await page.getByRole('button', { name: action, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

// Proves: S4-9.7A
story('an old unit comes apart by a formula, and its parts share its value', async ({ open }) => {
  const office = await open({ user: 'zb01' });
  office.tolerate(/sessions\/refresh/, /status of 422/);
  await office.goto('/stock/formulas');
  await office.locator('tbody tr a').first().click();
  await office.waitForURL(/\/stock\/formulas\/[0-9a-f-]{36}$/);
  await office.sizes('formula');
  await office.getByRole('link', { name: '按此配方拆装' }).click();
  await office.waitForFunction(() => document.querySelector('#f-lines-0-share')?.value !== undefined && document.querySelector('#f-lines-0-share').value !== '');
  await office.locator('#f-serial').fill('OLD-2026-0002');
  await pick(office, '#f-warehouse_id', 'HQ-G');
  await office.accessible();
  await office.sizes('conversion-form');

  // 99.99 % is not the whole
  const share = office.locator('#f-lines-0-share');
  const right = await share.inputValue();
  await share.fill((Number(right) - 0.01).toFixed(2));
  await office.getByRole('button', { name: '保存' }).click();
  await office.getByText('合计为 99.99%', { exact: false }).first().waitFor();
  await share.fill(right);
  await office.getByRole('button', { name: '保存' }).click();
  await office.waitForURL(/\/stock\/conversions\/[0-9a-f-]{36}$/);
  await office.getByRole('button', { name: '过账', exact: true }).first().click();
  await state(office, '已过账');
  await office.getByText('¥380.00').first().waitFor();
  await office.accessible();
  await office.sizes('conversion');

  // taken apart, it is not there a second time
  await office.goto('/stock/conversions?q=OLD-2026-0002');
  await office.locator('tbody tr').nth(1).waitFor();
  await office.sizes('conversions');
});

// Proves: S4-9.8
story('a fall of prices is posted by the accountant', async ({ open }) => {
  const money = await open({ user: 'cw01' });
  money.tolerate(/sessions\/refresh/);
  await money.goto('/stock/revaluations?state=submitted');
  await money.sizes('revaluations');
  await money.locator('tbody tr a').first().click();
  await money.waitForURL(/\/stock\/revaluations\/[0-9a-f-]{36}$/);
  await state(money, '待审批');
  await money.getByText('¥88.00', { exact: false }).first().or(money.getByText('88.00').first()).first().waitFor();
  await money.accessible();
  await money.sizes('revaluation');
  await agree(money, '审批过账');
  await state(money, '已过账');
  const link = money.locator('a[href^="/stock/documents/"]').first();
  assert.match(await link.innerText(), /^JZ/);
});
