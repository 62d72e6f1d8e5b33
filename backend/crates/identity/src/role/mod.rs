//! Roles: named sets of rights with their reach. Twelve come with the product; a company may adjust them and add its
//! own. Nobody gives away more than is held, except roles that an administrator has marked for stations.

mod commands;
pub(crate) mod entity;
pub(crate) mod model;
pub(crate) mod queries;

use openapi::identity::role::{
    AddRoleMembers, CreateRole, DeleteRole, GetRole, ListPermissions, ListRoles, RemoveRoleMembers, UpdateRole,
};
use platform::http::{Api, read, write};

pub(crate) fn mount(api: &mut Api) {
    read::<ListRoles>(api, queries::list);
    read::<GetRole>(api, queries::get);
    read::<ListPermissions>(api, queries::permissions);
    write::<CreateRole>(api, commands::create);
    write::<UpdateRole>(api, commands::update);
    write::<DeleteRole>(api, commands::delete);
    write::<AddRoleMembers>(api, commands::add_members);
    write::<RemoveRoleMembers>(api, commands::remove_members);
}
