//! Signing in with employee number and password, staying signed in, and the list of signed-in devices.
//! A disabled person is out at once; the first password must be changed before anything else.

mod commands;
pub(crate) mod entity;
mod limit;
pub(crate) mod model;
mod overview;
mod queries;
pub(crate) mod store;

use openapi::identity::login::{ListLoginEvents, ListLogins};
use openapi::identity::session::{ChangePassword, GetMe, ListSessions, RefreshSession, RevokeSession, SignIn, SignOut};
use platform::http::{Api, free, read, write};

pub(crate) fn mount(api: &mut Api) {
    free::<SignIn>(api, commands::sign_in);
    free::<RefreshSession>(api, commands::refresh);
    free::<SignOut>(api, commands::sign_out);
    read::<ListSessions>(api, queries::list);
    write::<RevokeSession>(api, commands::revoke);
    read::<GetMe>(api, queries::me);
    free::<ChangePassword>(api, commands::change_password);
    read::<ListLogins>(api, overview::list);
    read::<ListLoginEvents>(api, overview::events);
}
