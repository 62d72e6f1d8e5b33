//! Users: the people who work with the system.

use crate::choices;

choices! {
    /// Whether somebody may sign in.
    UserState {
        Active = "active" ("在职", "Active", Success),
        Disabled = "disabled" ("停用", "Disabled", Neutral),
    }
}
