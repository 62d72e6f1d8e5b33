//! Customers and their contacts.

use super::{CUSTOMER_EDIT, CUSTOMER_VIEW};
use crate::identity::OrgId;
use crate::query::AnyOf;
use crate::{
    ByExternal, ById, Created, Detail, Email, Id, Money, Note, Page, Phone, Resource, ShownEmail, ShownPhone, Text,
    Timestamp, Versioned, choices, endpoints,
};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Id of a customer.
pub type CustomerId = Id<Customer>;

choices! {
    /// What a customer is.
    CustomerKind {
        Person = "person" ("个人", "Person", Neutral),
        Company = "company" ("企业", "Company", Info),
    }
    /// What the company deals with a party as. One party may be several.
    PartyRole {
        Customer = "customer" ("客户", "Customer", Neutral),
        Dealer = "dealer" ("经销商", "Dealer", Info),
        Supplier = "supplier" ("供应商", "Supplier", Success),
        Maker = "maker" ("厂家", "Maker", Warning),
    }
    /// Which of the prices of a product a party buys at.
    PriceLevel {
        Retail = "retail" ("零售价", "Retail price", Neutral),
        Wholesale = "wholesale" ("批发价", "Wholesale price", Info),
        Warranty = "warranty" ("保内结算价", "Warranty price", Success),
    }
}

/// A person to talk to at the customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactDraft {
    /// Name.
    pub name: Text<60>,
    /// Phone.
    pub phone: Phone,
    /// Position or relation.
    #[serde(default)]
    pub position: Option<Text<60>>,
}

/// What is typed in for a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CustomerDraft {
    /// Name of the person or company.
    pub name: Text<100>,
    /// Person or company.
    pub kind: CustomerKind,
    /// Mobile phone; recognised at intake.
    pub phone: Phone,
    /// Landline.
    #[serde(default)]
    pub landline: Option<Phone>,
    /// E-mail.
    #[serde(default)]
    pub email: Option<Email>,
    /// Company or unit that the customer belongs to (所属单位).
    #[serde(default)]
    pub belongs_to: Option<Text<100>>,
    /// Province, city and district.
    #[serde(default)]
    pub region: Option<Text<100>>,
    /// Street and house.
    #[serde(default)]
    pub address: Option<Text<200>>,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Note<500>>,
    /// What the company deals with it as; customer when absent.
    #[serde(default = "as_customer")]
    #[validate(length(min = 1, max = 4))]
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 4))]
    pub roles: Vec<PartyRole>,
    /// Number under which it pays taxes (纳税人识别号).
    #[serde(default)]
    pub tax_no: Option<Text<30>>,
    /// What it may owe at most; no credit was agreed when null. Takes the right to agree on terms.
    #[serde(default)]
    #[validate(custom(function = "crate::check::amount"))]
    pub credit_limit: Option<Money>,
    /// The prices that it buys at; what the document says when null. Takes the right to agree on terms.
    #[serde(default)]
    pub price_level: Option<PriceLevel>,
    /// Days from the invoice until it is due, 0 to 365; at once when null. Takes the right to agree on terms.
    #[serde(default)]
    #[validate(range(max = 365))]
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 365, example = 30))]
    pub terms_days: Option<u16>,
    /// Station that it runs: what is kept back from the station it owes. At most one party runs a station. Takes the right
    /// to agree on terms.
    #[serde(default)]
    pub runs_org_id: Option<OrgId>,
    /// Further people to talk to, at most 20.
    #[serde(default)]
    #[validate(nested, length(max = 20))]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub contacts: Vec<ContactDraft>,
}

fn as_customer() -> Vec<PartyRole> {
    vec![PartyRole::Customer]
}

/// A person to talk to at the customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Contact {
    /// Name.
    pub name: Text<60>,
    /// Phone.
    pub phone: ShownPhone,
    /// Position or relation.
    pub position: Option<Text<60>>,
}

/// A customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Customer {
    /// Id.
    pub id: CustomerId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Station that recorded the customer.
    pub org_id: OrgId,
    /// Name of the person or company.
    pub name: Text<100>,
    /// Person or company.
    pub kind: CustomerKind,
    /// Mobile phone.
    pub phone: ShownPhone,
    /// Landline.
    pub landline: Option<ShownPhone>,
    /// E-mail.
    pub email: Option<ShownEmail>,
    /// Company or unit that the customer belongs to.
    pub belongs_to: Option<Text<100>>,
    /// Province, city and district.
    pub region: Option<Text<100>>,
    /// Street and house.
    pub address: Option<Text<200>>,
    /// Remark.
    pub remark: Option<Note<500>>,
    /// What the company deals with it as.
    #[cfg_attr(feature = "schema", schema(max_items = 4))]
    pub roles: Vec<PartyRole>,
    /// Number under which it pays taxes.
    pub tax_no: Option<Text<30>>,
    /// What it may owe at most; null when no credit was agreed.
    pub credit_limit: Option<Money>,
    /// The prices that it buys at.
    pub price_level: Option<PriceLevel>,
    /// Days from the invoice until it is due.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 365, example = 30))]
    pub terms_days: Option<u16>,
    /// Station that it runs.
    pub runs_org_id: Option<OrgId>,
    /// Name of that station.
    pub runs_org_name: Option<Text<100>>,
    /// Whether the caller may change credit, prices and terms.
    pub may_agree_terms: bool,
    /// Further people to talk to.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub contacts: Vec<Contact>,
}
impl Resource for Customer {
    const NAME: &'static str = "customer";
}
impl Versioned for Customer {
    fn version(&self) -> i64 {
        self.version
    }
}

/// A customer in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CustomerRow {
    /// Id.
    pub id: CustomerId,
    /// Version.
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Name.
    pub name: Text<100>,
    /// Person or company.
    pub kind: CustomerKind,
    /// Mobile phone.
    pub phone: ShownPhone,
    /// Company or unit that the customer belongs to.
    pub belongs_to: Option<Text<100>>,
    /// Province, city and district.
    pub region: Option<Text<100>>,
    /// Street and house.
    pub address: Option<Text<200>>,
    /// What the company deals with it as.
    #[cfg_attr(feature = "schema", schema(max_items = 4))]
    pub roles: Vec<PartyRole>,
    /// Number under which it pays taxes.
    pub tax_no: Option<Text<30>>,
    /// What it may owe at most; null when no credit was agreed.
    pub credit_limit: Option<Money>,
    /// The prices that it buys at.
    pub price_level: Option<PriceLevel>,
    /// Days from the invoice until it is due.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 365, example = 30))]
    pub terms_days: Option<u16>,
}

/// Filter of the customer list. `q` looks in name, phones and address.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct CustomerFilter {
    /// Person, company, or both separated by a comma.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<CustomerKind>, required = false))]
    pub kind: Option<AnyOf<CustomerKind>>,
    /// Customer, dealer, supplier, maker, or several separated by commas: parties that are any of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<PartyRole>, required = false))]
    pub role: Option<AnyOf<PartyRole>>,
    /// Exactly this mobile phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 21, nullable = false))]
    pub phone: Option<Phone>,
}
impl crate::page::Filter for CustomerFilter {
    const SORTS: &'static [&'static str] = &["created_at", "updated_at", "name"];
    const DEFAULT_SORT: &'static str = "-created_at";
}

endpoints! { "Customers";
    /// List customers.
    ListCustomers: Get "/api/v1/master/customers" needs CUSTOMER_VIEW, list CustomerFilter => Page<CustomerRow>;
    /// Read a customer.
    GetCustomer: Get "/api/v1/master/customers/{id}" needs CUSTOMER_VIEW, path ById<Customer> => Detail<Customer>;
    /// Record a customer.
    CreateCustomer: Post "/api/v1/master/customers" needs CUSTOMER_EDIT, body CustomerDraft => Created<Customer>;
    /// Change a customer.
    UpdateCustomer: Put "/api/v1/master/customers/{id}" needs CUSTOMER_EDIT, path ById<Customer>, body CustomerDraft => Detail<Customer>;
    /// Put a customer under its name in another system.
    ///
    /// Made when `source` has not put it yet, changed otherwise; what is put again as it is changes nothing but its version.
    /// `If-Match` is heeded when it is sent.
    PutCustomer: Put "/api/v1/master/customers/by-external/{source}/{external_id}" needs CUSTOMER_EDIT, path ByExternal<Customer>, body CustomerDraft => Detail<Customer>;
}
