//! Goods receipts: what came of an order. The receipt is written and posted in one go; the goods themselves move by a
//! stock document of the kind `purchase_in`. A wrong receipt is taken back by its mirror, and the order waits again.

mod commands;
pub(crate) mod entity;
pub(crate) mod queries;
mod slip;

use openapi::document::DocKind;
use openapi::trade::purchase::receipt::{
    GetGoodsReceipt, ListGoodsReceipts, ReceivePurchaseOrder, ReverseGoodsReceipt,
};
use openapi::trade::purchase::{GOODS_RECEIVE, PURCHASE_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListGoodsReceipts>(api, queries::list);
    read::<GetGoodsReceipt>(api, queries::get);
    printed::<GetGoodsReceipt>(api, &[DocKind::GoodsReceipt], queries::get, slip::slip);
    write::<ReceivePurchaseOrder>(api, commands::receive);
    write::<ReverseGoodsReceipt>(api, commands::reverse);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::receipt::Entity>(PURCHASE_VIEW, GOODS_RECEIVE);
}
