//! The frame around the pages: menu, top bar, sign-in.

mod bar;
mod bell;
mod frame;
mod keys;
mod menu;
mod password;
mod sign_in;

pub use frame::Shell;
pub use password::{MustChange, PasswordForm};
pub use sign_in::{Login, Relogin};
