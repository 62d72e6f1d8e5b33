//! Number rules: the company's own patterns instead of the presets.

use crate::doc::number::render;
use crate::http::{Api, read, write};
use crate::{Call, Constraint, Failure, ReadTx, Result, Tx};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::problem;
use openapi::system::number::{
    GetNumberRule, ListNumberRules, NumberExample, NumberPattern, NumberRule, NumberRules, PreviewNumber,
    UpdateNumberRule,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// What violated constraints mean.
pub const CONSTRAINTS: &[Constraint] =
    &[Constraint { name: "uq_number_rule_kind", columns: "number_rule.kind", code: problem::STALE, pointer: "" }];

#[allow(clippy::module_inception, reason = "the entity macro takes the name of the table")]
mod number_rule {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "number_rule")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub created_at: DateTimeUtc,
        pub created_by: Uuid,
        pub updated_at: DateTimeUtc,
        pub updated_by: Uuid,
        pub kind: String,
        pub pattern: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
crate::head!(base number_rule, "number_rule");
use number_rule::{Column, Entity, Model};

/// Mounts the endpoints.
pub fn mount(api: &mut Api) {
    read::<ListNumberRules>(api, list);
    read::<GetNumberRule>(api, get);
    write::<UpdateNumberRule>(api, update);
    write::<PreviewNumber>(api, preview);
}

async fn list(tx: &ReadTx, _: Call<ListNumberRules>) -> Result<NumberRules> {
    let changed = Entity::find().all(tx.conn()).await?;
    let of = |kind: DocKind| changed.iter().find(|row| row.kind == kind.as_str());
    Ok(NumberRules { items: DocKind::ALL.iter().map(|kind| shown(tx, *kind, of(*kind))).collect() })
}

async fn get(tx: &ReadTx, call: Call<GetNumberRule>) -> Result<NumberRule> {
    let kind = call.path.kind;
    let row = Entity::find().filter(Column::Kind.eq(kind.as_str())).one(tx.conn()).await?;
    Ok(shown(tx, kind, row.as_ref()))
}

async fn update(tx: &Tx, call: Call<UpdateNumberRule>) -> Result<NumberRule> {
    let (kind, pattern) = (call.path.kind, call.body.pattern);
    let known = Entity::find().filter(Column::Kind.eq(kind.as_str())).one(tx.conn()).await?;
    let before = match known {
        Some(row) => Some(tx.lock_other::<Entity>(row.id).await?),
        None => None,
    };
    if tx.context().if_match.is_some_and(|version| version != version_of(before.as_ref())) {
        return Err(Failure::new(problem::STALE));
    }
    let pattern = pattern.to_string();
    let after = match before {
        Some(before) => tx.save::<Entity>(&before, Model { pattern, ..before.clone() }).await?,
        None => {
            let now = tx.now();
            let (id, by) = (Uuid::nil(), Uuid::nil());
            let kind = kind.as_str().to_owned();
            let row = Model {
                id,
                version: 0,
                created_at: now,
                created_by: by,
                updated_at: now,
                updated_by: by,
                kind,
                pattern,
            };
            tx.create::<Entity>(row).await?
        }
    };
    Ok(shown(tx, kind, Some(&after)))
}

async fn preview(tx: &Tx, call: Call<PreviewNumber>) -> Result<NumberExample> {
    Ok(NumberExample { example: example(tx, call.body.pattern.as_str()) })
}

fn example(tx: &ReadTx, pattern: &str) -> String {
    render(pattern, tx.today(), &tx.actor().org_code, 1)
}

/// The preset is version 1, so that the first change can say what it is based on.
fn version_of(row: Option<&Model>) -> i64 {
    row.map_or(1, |row| row.version + 1)
}

fn shown(tx: &ReadTx, kind: DocKind, row: Option<&Model>) -> NumberRule {
    let preset = kind.number_pattern();
    let pattern = row.map_or(preset, |row| row.pattern.as_str());
    NumberRule {
        kind,
        label: kind.label(tx.lang()).to_owned(),
        version: version_of(row),
        pattern: NumberPattern::stored(pattern.to_owned()),
        preset: NumberPattern::stored(preset.to_owned()),
        example: example(tx, pattern),
        is_gapless: kind.is_gapless(),
    }
}
