//! Rates of value added tax: one for labour and one for parts, each from a day on. A new rate never touches what is
//! posted; the old ones stay on record.

mod entity;
mod model;

pub use model::Rates;

use chrono::NaiveDate;
use entity::vat_rate;
use openapi::Issue;
use openapi::choice::Choice;
use openapi::finance::VAT_IN_PAST;
use openapi::finance::vat::{GetVatRates, SetVatRate, VatKind, VatRates};
use platform::http::{Api, read, write};
use platform::{Call, Failure, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Rates that are shown.
const SHOWN: u64 = 200;

pub(crate) fn mount(api: &mut Api) {
    read::<GetVatRates>(api, get);
    write::<SetVatRate>(api, set);
}

/// The rates that apply on a day.
pub async fn on(tx: &ReadTx, day: NaiveDate) -> Result<Rates> {
    let read = async || Ok::<_, Failure>(rates_of(&until(day).all(tx.conn()).await?));
    tx.lasting(format!("VAT rates on {day}"), read).await
}

/// What was ever entered until a day; the latest come last, so that they stand.
fn until(day: NaiveDate) -> sea_orm::Select<vat_rate::Entity> {
    use vat_rate::Column as C;
    let rows = vat_rate::Entity::find().filter(C::EffectiveOn.lte(day)).order_by_asc(C::EffectiveOn);
    rows.order_by_asc(C::CreatedAt).order_by_asc(C::Id)
}

fn rates_of(rows: &[vat_rate::Model]) -> Rates {
    let of = |kind: VatKind| rows.iter().rfind(|row| row.kind == kind.as_str());
    VatKind::ALL.iter().fold(Rates::default(), |rates, kind| {
        rates.with(*kind, of(*kind).map_or_else(|| kind.preset().into(), |row| row.rate.into()))
    })
}

async fn get(tx: &ReadTx, _: Call<GetVatRates>) -> Result<VatRates> {
    shown(tx).await
}

async fn set(tx: &Tx, call: Call<SetVatRate>) -> Result<VatRates> {
    let draft = call.body;
    if draft.effective_on.naive() < tx.today() {
        return Err(Failure::field("/effective_on", Issue::new(VAT_IN_PAST)));
    }
    let row = vat_rate::Model {
        kind: draft.kind.as_str().to_owned(),
        rate: draft.rate.into(),
        effective_on: draft.effective_on.naive(),
        remark: draft.remark.map(Into::into),
        ..Default::default()
    };
    tx.create::<vat_rate::Entity>(row).await?;
    shown(tx).await
}

async fn shown(tx: &ReadTx) -> Result<VatRates> {
    use vat_rate::Column as C;
    let rows = vat_rate::Entity::find()
        .order_by_desc(C::EffectiveOn)
        .order_by_desc(C::CreatedAt)
        .order_by_desc(C::Id)
        .limit(SHOWN)
        .all(tx.conn())
        .await?;
    let names = identity::api::people_named(tx.conn(), rows.iter().map(|row| row.created_by)).await?;
    model::shown(rows, &names, on(tx, tx.today()).await?, tx.today())
}
