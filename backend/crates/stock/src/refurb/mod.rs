//! Refurbishments: old units come out of a warehouse, get parts and labour, are graded by somebody else and go back into
//! stock as refurbished goods under the same serial, worth what they were plus what went into them; or they are scrapped.

mod commands;
pub(crate) mod entity;
mod model;
mod queries;
mod slip;
mod work;

pub(crate) use queries::numbers;

use openapi::document::DocKind;
use openapi::stock::refurb::{
    ApproveRefurb, CreateRefurb, GetRefurb, GradeRefurb, IssueRefurbPart, ListRefurbs, RejectRefurb, ReturnRefurbPart,
    ReverseRefurb, SetRefurbLabour, StartRefurb, SubmitRefurb, UpdateRefurb, VoidRefurb,
};
use openapi::stock::{REFURB_EDIT, REFURB_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListRefurbs>(api, queries::list);
    read::<GetRefurb>(api, queries::get);
    printed::<GetRefurb>(api, &[DocKind::Refurb], queries::get, slip::slip);
    write::<CreateRefurb>(api, commands::create);
    write::<UpdateRefurb>(api, commands::update);
    write::<SubmitRefurb>(api, commands::submit);
    write::<ApproveRefurb>(api, commands::approve);
    write::<RejectRefurb>(api, commands::reject);
    write::<StartRefurb>(api, work::start);
    write::<IssueRefurbPart>(api, work::issue);
    write::<ReturnRefurbPart>(api, work::give_back);
    write::<SetRefurbLabour>(api, work::labour);
    write::<GradeRefurb>(api, work::grade);
    write::<ReverseRefurb>(api, work::reverse);
    write::<VoidRefurb>(api, commands::void);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::refurb::Entity>(REFURB_VIEW, REFURB_EDIT);
}
