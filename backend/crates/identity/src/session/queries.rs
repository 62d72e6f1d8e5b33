//! Reads.

use super::entity::session;
use super::model;
use crate::authority::Authority;
use openapi::identity::session::{GetMe, HeldPermission, ListSessions, Me, Sessions};
use openapi::{Lang, Scope};
use platform::{Call, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

pub async fn list(tx: &ReadTx, _: Call<ListSessions>) -> Result<Sessions> {
    use session::Column as C;
    let rows = session::Entity::find()
        .filter(C::UserId.eq(tx.actor().user_id))
        .filter(C::RevokedAt.is_null())
        .filter(C::ExpiresAt.gt(tx.now()))
        .order_by_desc(C::UsedAt)
        .limit(200)
        .all(tx.conn())
        .await?;
    let current = tx.actor().session_id;
    Ok(Sessions { items: rows.into_iter().map(|row| model::row(row, current)).collect() })
}

pub async fn me(tx: &ReadTx, _: Call<GetMe>) -> Result<Me> {
    let authority = Authority::of(tx.conn(), tx.actor().user_id).await?;
    Ok(signed_in(&authority, tx.actor().must_change_password, tx.lang()))
}

/// The signed-in person as the browser sees it.
pub(super) fn signed_in(authority: &Authority, must_change_password: bool, lang: Lang) -> Me {
    let held = |(code, scope): (&String, &Scope)| HeldPermission { code: code.clone(), scope: *scope };
    let mut permissions: Vec<HeldPermission> = authority.grants.iter().map(held).collect();
    permissions.sort_by(|a, b| a.code.cmp(&b.code));
    Me {
        user_id: authority.user.id.into(),
        login: authority.user.login.clone(),
        name: authority.user.name.clone(),
        org_id: authority.org.id.into(),
        org_name: authority.org.name.clone(),
        roles: authority.role_names(lang),
        permissions,
        must_change_password,
        language: if authority.user.language == Lang::En.tag() { Lang::En } else { Lang::Zh },
    }
}
