//! Stock analysis (库存分析): demand of each part and warehouse from the ledger, what will be needed, where there is too
//! little and too much, and what to send or ask for; how old and how valuable stock is.

mod advice;
mod age;
mod demand;
mod forecast;
mod history;
mod need;

pub(crate) use need::{Wishes, cells, judge};

use openapi::stock::analysis::{GetStockAge, GetStockAnalysis, GetStockHistory, GetSupplyAdvice};
use platform::http::{Api, report};

pub(crate) fn mount(api: &mut Api) {
    report::<GetStockAnalysis>(api, need::analysis);
    report::<GetSupplyAdvice>(api, advice::advice);
    report::<GetStockAge>(api, age::age);
    report::<GetStockHistory>(api, history::history);
}
