//! Reads.

use super::entity::{grant, member, role};
use super::model;
use openapi::Page;
use openapi::identity::role::{
    GetRole, ListPermissions, ListRoles, PermissionItem, PermissionItems, RoleDetail, RoleRow,
};
use platform::db::list::{Shape, page};
use platform::{Call, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListRoles>) -> Result<Page<RoleRow>> {
    use role::Column as C;
    let mut base = role::Entity::find();
    if let Some(is_preset) = call.query.filter.is_preset {
        base = base.filter(C::IsPreset.eq(is_preset));
    }
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("code", C::Code), ("name_zh", C::NameZh)],
        search: &[C::Code, C::NameZh, C::NameEn],
    };
    let rows = page(tx, &call.query, base, &shape).await?;
    let counts = member_counts(tx, rows.items.iter().map(|row| row.id).collect()).await?;
    Ok(rows.map(|row| {
        let count = counts.get(&row.id).copied().unwrap_or_default();
        model::list_row(row, count)
    }))
}

pub async fn get(tx: &ReadTx, call: Call<GetRole>) -> Result<RoleDetail> {
    detail(tx, tx.get::<role::Entity>(call.path.id).await?).await
}

pub(super) async fn detail(tx: &ReadTx, row: role::Model) -> Result<RoleDetail> {
    let count = member_counts(tx, vec![row.id]).await?.get(&row.id).copied().unwrap_or_default();
    let grants = grants_of(tx, [row.id]).await?;
    model::detail(tx.actor(), row, grants, count)
}

pub async fn permissions(tx: &ReadTx, _: Call<ListPermissions>) -> Result<PermissionItems> {
    let item = |p: openapi::Permission| PermissionItem {
        code: p.code.to_owned(),
        label: tx.lang().pick(p.zh, p.en).to_owned(),
    };
    Ok(PermissionItems { items: openapi::registry::permissions().map(item).collect() })
}

async fn member_counts(tx: &ReadTx, roles: Vec<Uuid>) -> Result<HashMap<Uuid, i64>> {
    use member::Column as C;
    let select = member::Entity::find().filter(C::RoleId.is_in(roles)).select_only().column(C::RoleId);
    let select = select.column_as(C::UserId.count(), "count").group_by(C::RoleId);
    let rows: Vec<(Uuid, i64)> = select.into_tuple().all(tx.conn()).await?;
    Ok(rows.into_iter().collect())
}

/// The rights of roles.
pub(crate) async fn grants_of(tx: &ReadTx, roles: impl IntoIterator<Item = Uuid>) -> Result<Vec<grant::Model>> {
    Ok(grant::Entity::find().filter(grant::Column::RoleId.is_in(roles)).all(tx.conn()).await?)
}

/// The roles of people, in the order in which roles were added.
pub(crate) async fn of_people(
    tx: &ReadTx,
    people: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<role::Model>>> {
    let members = member::Entity::find().filter(member::Column::UserId.is_in(people)).all(tx.conn()).await?;
    let roles = role::Entity::find().order_by_asc(role::Column::CreatedAt).order_by_asc(role::Column::Id);
    let roles = roles.all(tx.conn()).await?;
    let mut found: HashMap<Uuid, Vec<role::Model>> = HashMap::new();
    for role in &roles {
        for member in members.iter().filter(|member| member.role_id == role.id) {
            found.entry(member.user_id).or_default().push(role.clone());
        }
    }
    Ok(found)
}

/// The people who have a role.
pub(crate) async fn members(tx: &ReadTx, role: Uuid) -> Result<Vec<Uuid>> {
    use member::Column as C;
    let select = member::Entity::find().filter(C::RoleId.eq(role)).select_only().column(C::UserId);
    Ok(select.into_tuple().all(tx.conn()).await?)
}
