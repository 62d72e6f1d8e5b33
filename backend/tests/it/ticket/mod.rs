//! The repair ticket: the main job of the product, and everything that can go wrong on the way.

mod bench;
mod books;
mod custody;
mod desk;
mod given_back;
mod held;
pub mod main_job;
pub mod money;
mod old_tickets;
mod part_return;
mod parts_process;
mod planned;
pub mod shop;
mod shortage;
mod statements;
