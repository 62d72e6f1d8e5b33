//! Adds and changes a user.

use crate::doc::{Control, Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::identity::{role, station};
use crate::pages::master::customer;
use crate::text::{documents, identity as t};
use crate::ui::{InputKind, SelectOption};
use leptos::prelude::AnyView;
use openapi::Lang;
use openapi::identity::user::{CreateUser, GetUser, UpdateUser, User, UserDraft};

/// The form. Only a new person gets a one-time password here.
pub fn form(params: &Params) -> AnyView {
    let mut access = vec![Field::picks("role_ids", t::ROLES, role::roles(), 20)];
    if params.get("id").is_none() {
        access.push(
            field!(UserDraft.first_password, t::FIRST_PASSWORD)
                .control(Control::Input(InputKind::Code))
                .initial(super::one_time_password())
                .hint(t::FIRST_PASSWORD_HINT)
                .required(),
        );
    }
    access.push(Field::new("language", t::LANGUAGE, Control::Select(languages)).initial(Lang::Zh.tag()).required());
    access.push(field!(UserDraft.party_id, t::PARTY).pick(customer::customers()).hint(t::PARTY_HINT));
    FormPage::new("user", t::USER_NEW, t::USER_EDIT, "/system/users")
        .section(
            documents::BASICS,
            vec![
                field!(UserDraft.login, t::LOGIN).hint(t::LOGIN_HINT).control(Control::Input(InputKind::Code)),
                field!(UserDraft.name, t::PERSON),
                field!(UserDraft.org_id, t::STATION).pick(station::stations()),
                field!(UserDraft.position, t::POSITION),
                field!(UserDraft.phone, t::PHONE),
                field!(UserDraft.email, t::EMAIL),
            ],
        )
        .section(t::ACCESS, access)
        .from_address(&["org_id"])
        .create::<CreateUser>(saved)
        .edit::<GetUser, UpdateUser>(saved)
        .view(params)
}

fn languages() -> Vec<SelectOption> {
    let option =
        |lang: Lang, name: &'static str| SelectOption { value: lang.tag().to_owned(), label: name.to_owned().into() };
    vec![option(Lang::Zh, "简体中文"), option(Lang::En, "English")]
}

fn saved(user: &User) -> Saved {
    Saved { name: user.name.to_string(), href: super::href(user.id) }
}
