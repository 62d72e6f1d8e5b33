//! Customers.

use crate::customer;
use openapi::Issue;
use openapi::master::customer::{CustomerDraft, CustomerKind, PartyRole};
use openapi::problem::field;
use platform::sheet::import::Dataset;
use platform::sheet::{Column, Row, Sheet};
use platform::{ReadTx, Result, Tx};
use std::collections::HashSet;

/// The dataset.
pub struct Customers;

impl Dataset for Customers {
    const COLUMNS: &'static [Column] = &[
        Column::new("name", "客户名称", "Name", "张三").required(),
        Column::new("kind", "客户类型", "Type", "个人 / 企业"),
        Column::new("phone", "手机", "Mobile", "13800138000").required(),
        Column::new("landline", "固定电话", "Landline", "0571-88886666"),
        Column::new("email", "邮箱", "E-mail", "zhang@example.com"),
        Column::new("belongs_to", "所属单位", "Belongs to", "西湖区教育局"),
        Column::new("region", "省市区", "Region", "浙江省杭州市西湖区"),
        Column::new("address", "详细地址", "Address", "文三路 1 号"),
        Column::new("roles", "往来类型", "Roles", "客户 / 经销商 / 供应商 / 厂家"),
        Column::new("tax_no", "税号", "Tax number", "91330100MA27XXXX1A"),
        Column::new("credit_limit", "信用额度", "Credit limit", "50000"),
        Column::new("price_level", "价格级别", "Price level", "批发价"),
        Column::new("terms_days", "账期（天）", "Terms (days)", "30"),
        Column::new("remark", "备注", "Remark", ""),
    ];
    type Draft = CustomerDraft;
    /// Name and phone of the rows before: the same customer twice is a mistake of the workbook.
    type Known = HashSet<(String, String)>;

    async fn known(_: &ReadTx, _: &Sheet) -> Result<Self::Known> {
        Ok(HashSet::new())
    }

    fn draft(row: &mut Row<'_>, known: &mut Self::Known) -> Option<CustomerDraft> {
        let name = row.need("name");
        let kind = row.choice("kind", Some(CustomerKind::Person));
        let phone: Option<openapi::Phone> = row.need("phone");
        let price_level = (!row.text("price_level").is_empty()).then(|| row.choice("price_level", None)).flatten();
        let terms = row.count("terms_days", 365, 0);
        let draft = CustomerDraft {
            roles: row.choices("roles", PartyRole::Customer),
            tax_no: row.may("tax_no"),
            credit_limit: row.may("credit_limit"),
            price_level,
            terms_days: (terms > 0).then_some(terms),
            runs_org_id: None,
            landline: row.may("landline"),
            email: row.may("email"),
            belongs_to: row.may("belongs_to"),
            region: row.may("region"),
            address: row.may("address"),
            remark: row.may("remark"),
            contacts: Vec::new(),
            name: name?,
            kind: kind?,
            phone: phone?,
        };
        if !known.insert((draft.name.to_string(), draft.phone.to_string())) {
            row.blame("phone", Issue::new(field::DUPLICATE));
        }
        Some(draft)
    }

    async fn apply(tx: &Tx, draft: CustomerDraft) -> Result<()> {
        customer::add(tx, draft).await.map(|_| ())
    }
}
