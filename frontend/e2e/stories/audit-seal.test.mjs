// Whether anybody changed the log of changes behind the product's back: asked for and read in the browser.
import assert from 'node:assert/strict';
import { story } from '../support.mjs';

story('headquarters verifies the log of changes and reads what was found', async ({ open }) => {
  const office = await open({ user: 'zb01' });
  office.tolerate(/sessions\/refresh/);
  await office.goto('/system/audit-seals');
  await office.getByRole('heading', { name: '日志封签' }).waitFor();
  await office.getByText('待封签条数').waitFor();
  await office.getByRole('button', { name: '立即校验', exact: true }).click();
  await office.getByText(/操作日志完好|还没有已封签的日志/).waitFor();
  assert.match(await office.locator('main').innerText(), /校验时间/);
  await office.accessible();
  await office.sizes('audit-seals');
});
