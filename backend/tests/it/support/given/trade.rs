//! Documents of trade, each in a state in which something can be done to it.

use super::{Station, open_item, stock_doc};
use crate::support::client::version;
use openapi::finance::payment::CreatePayment;
use openapi::master::customer::CreateCustomer;
use openapi::stock::document::PostStockDoc;
use openapi::trade::purchase::back::CreatePurchaseReturn;
use openapi::trade::purchase::invoice::CreateSupplierInvoice;
use openapi::trade::purchase::order::{ApprovePurchaseOrder, CreatePurchaseOrder, SubmitPurchaseOrder};
use openapi::trade::purchase::receipt::{GetGoodsReceipt, ReceivePurchaseOrder};
use openapi::trade::retail::back::CreateRetailReturn;
use openapi::trade::retail::sale::CreateRetailSale;
use openapi::trade::wholesale::back::CreateSalesReturn;
use openapi::trade::wholesale::order::{AcceptSalesOrder, CreateSalesOrder, UploadSalesOrder};
use openapi::trade::wholesale::shipment::{GetSalesShipment, ShipSalesOrder};
use openapi::{ById, Nothing, Role};
use uuid::Uuid;

/// A draft of a purchase order; of another one what came, what is charged for it, and what is paid of that.
pub(super) async fn purchases(station: &Station) -> [(&'static str, Uuid); 5] {
    let (clerk, keeper) = (&station.people[&Role::Clerk], &station.people[&Role::Storekeeper]);
    let supplier =
        serde_json::json!({"name": "联创电子", "kind": "company", "phone": "13500135000", "roles": ["supplier"]});
    let supplier = serde_json::from_value(supplier).unwrap();
    let supplier = clerk.call::<CreateCustomer>(Nothing, Nothing, supplier).await.unwrap().id;
    let draft = serde_json::json!({"party_id": supplier, "warehouse_id": station.objects["warehouse"], "lines": [
        {"product_id": station.objects["product"], "quantity": "2", "unit_price": "11.30"},
    ]});
    let draft = || serde_json::from_value(draft.clone()).unwrap();
    let waiting = clerk.call::<CreatePurchaseOrder>(Nothing, Nothing, draft()).await.unwrap();
    let order = clerk.call::<CreatePurchaseOrder>(Nothing, Nothing, draft()).await.unwrap();
    let path = || ById { id: order.id };
    clerk.call::<SubmitPurchaseOrder>(path(), Nothing, Nothing).await.unwrap();
    let books = &station.people[&Role::Accountant];
    books.call::<ApprovePurchaseOrder>(path(), Nothing, Nothing).await.unwrap();
    let came = serde_json::json!({"lines": [{"line_id": order.lines[0].id, "quantity": "1"}]});
    let came = serde_json::from_value(came).unwrap();
    let of = version(order.version + 2);
    let order = keeper.call_with::<ReceivePurchaseOrder>(path(), Nothing, came, of).await.unwrap();
    let charged = serde_json::json!({"party_id": supplier, "invoice_no": "31300001", "invoiced_on": "2026-11-01", "lines": [
        {"receipt_line_id": order.to_invoice[0].receipt_line_id, "quantity": "1", "unit_price": "11.30"},
    ]});
    let charged = serde_json::from_value(charged).unwrap();
    let invoice = books.call::<CreateSupplierInvoice>(Nothing, Nothing, charged).await.unwrap();
    let receipt = keeper.call::<GetGoodsReceipt>(ById { id: order.receipts[0].id }, Nothing, Nothing).await.unwrap();
    let sent_back = serde_json::json!({"receipt_id": receipt.id, "reason": "来料不良", "lines": [
        {"receipt_line_id": receipt.lines[0].id, "quantity": "1"}]});
    let sent_back = serde_json::from_value(sent_back).unwrap();
    let sent_back = keeper.call::<CreatePurchaseReturn>(Nothing, Nothing, sent_back).await.unwrap();
    let owed = open_item(books, invoice.id.uuid()).await;
    let paid = serde_json::json!({"party_id": supplier, "method": "transfer", "bank_account_id": station.objects["bank_account"],
        "allocations": [{"open_item_id": owed, "amount": {"amount": "5.00", "currency": "CNY"}}]});
    let paid = books.call::<CreatePayment>(Nothing, Nothing, serde_json::from_value(paid).unwrap()).await.unwrap();
    [
        ("purchase_order", waiting.id.uuid()),
        ("goods_receipt", order.receipts[0].id.uuid()),
        ("supplier_invoice", invoice.id.uuid()),
        ("purchase_return", sent_back.id.uuid()),
        ("payment", paid.id.uuid()),
    ]
}

/// A draft of a sales order; of another one what was shipped, of which a piece came back; and a price that lies ahead.
pub(super) async fn wholesale(station: &Station) -> [(&'static str, Uuid); 4] {
    let (clerk, keeper) = (&station.people[&Role::Clerk], &station.people[&Role::Storekeeper]);
    let books = &station.people[&Role::Accountant];
    let dealer =
        serde_json::json!({"name": "华南通讯", "kind": "company", "phone": "13500135001", "roles": ["dealer"]});
    let dealer = serde_json::from_value(dealer).unwrap();
    let dealer = clerk.call::<CreateCustomer>(Nothing, Nothing, dealer).await.unwrap().id;
    let draft = serde_json::json!({"party_id": dealer, "warehouse_id": station.objects["warehouse"], "lines": [
        {"product_id": station.objects["product"], "quantity": "1", "unit_price": "100"}]});
    let draft = || serde_json::from_value(draft.clone()).unwrap();
    let waiting = clerk.call::<CreateSalesOrder>(Nothing, Nothing, draft()).await.unwrap();
    let order = clerk.call::<CreateSalesOrder>(Nothing, Nothing, draft()).await.unwrap();
    let path = || ById { id: order.id };
    clerk.call::<UploadSalesOrder>(path(), Nothing, Nothing).await.unwrap();
    let released = serde_json::from_value(serde_json::json!({"credit_reason": "样板"})).unwrap();
    books.call::<AcceptSalesOrder>(path(), Nothing, released).await.unwrap();
    let packed = serde_json::json!({"lines": [{"line_id": order.lines[0].id, "quantity": "1"}]});
    let packed = serde_json::from_value(packed).unwrap();
    let of = version(order.version + 2);
    let order = keeper.call_with::<ShipSalesOrder>(path(), Nothing, packed, of).await.unwrap();
    let shipment = order.shipments[0].id;
    let sent = keeper.call::<GetSalesShipment>(ById { id: shipment }, Nothing, Nothing).await.unwrap();
    let back = serde_json::json!({"shipment_id": shipment, "remark": "型号不符",
        "lines": [{"line_id": sent.lines[0].id, "quantity": "1", "condition": "good"}]});
    let back = serde_json::from_value(back).unwrap();
    let back = keeper.call::<CreateSalesReturn>(Nothing, Nothing, back).await.unwrap();
    [
        ("sales_order", waiting.id.uuid()),
        ("sales_shipment", shipment.uuid()),
        ("sales_return", back.id.uuid()),
        ("shipment", shipment.uuid()),
    ]
}

/// A sale over the counter, of which one piece came back.
pub(super) async fn counter(station: &Station) -> [(&'static str, Uuid); 2] {
    let (keeper, desk) = (&station.people[&Role::Storekeeper], &station.people[&Role::Reception]);
    let (warehouse, part) = (station.objects["warehouse"], station.objects["product"]);
    let stored = stock_doc(keeper, warehouse, part).await.into();
    let options = version(1);
    keeper.call_with::<PostStockDoc>(ById { id: stored }, Nothing, Nothing, options).await.unwrap();
    let pay = |amount: &str| {
        let amount = serde_json::json!({"amount": amount, "currency": "CNY"});
        serde_json::json!([{"method": "cash", "bank_account_id": station.objects["bank_account"], "amount": amount}])
    };
    let lines = serde_json::json!([{"product_id": part, "quantity": "2"}]);
    let sold = serde_json::json!({"warehouse_id": warehouse, "lines": lines, "payments": pay("960.00")});
    let sold = serde_json::from_value(sold).unwrap();
    let sold = desk.call::<CreateRetailSale>(Nothing, Nothing, sold).await.unwrap();
    let lines = serde_json::json!([{"line_id": sold.lines[0].id, "quantity": "1", "condition": "good"}]);
    let back = serde_json::json!({"sale_id": sold.id, "lines": lines, "payments": pay("480.00"), "remark": "不合适"});
    let back = serde_json::from_value(back).unwrap();
    let back = desk.call::<CreateRetailReturn>(Nothing, Nothing, back).await.unwrap();
    [("retail_sale", sold.id.uuid()), ("retail_return", back.id.uuid())]
}
