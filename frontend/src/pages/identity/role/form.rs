//! Adds and changes a role.

use crate::doc::{Control, Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::text::{documents, identity as t};
use crate::ui::InputKind;
use leptos::prelude::AnyView;
use openapi::identity::role::{CreateRole, GetRole, RoleDetail, RoleDraft, UpdateRole};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("role", t::ROLE_NEW, t::ROLE_EDIT, "/system/roles")
        .section(
            documents::BASICS,
            vec![
                field!(RoleDraft.code, t::CODE).control(Control::Input(InputKind::Code)),
                field!(RoleDraft.name_zh, t::NAME_ZH),
                field!(RoleDraft.name_en, t::NAME_EN),
                field!(RoleDraft.is_station_role, t::STATION_ROLE).hint(t::STATION_ROLE_HINT),
                field!(RoleDraft.remark, t::REMARK),
            ],
        )
        .section(t::GRANTS, vec![Field::own("grants", t::GRANTS, super::matrix::edit)])
        .create::<CreateRole>(saved)
        .edit::<GetRole, UpdateRole>(saved)
        .view(params)
}

fn saved(role: &RoleDetail) -> Saved {
    Saved { name: role.name_zh.to_string(), href: super::href(role.id) }
}
