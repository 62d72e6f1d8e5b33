//! Words for declaring a document once: what readers get of it, how its list is filtered, how it lives.
//!
//! Every document carries the same head. [`document!`](crate::document) adds it to the detail and to the row of the
//! list, [`filter!`](crate::filter) gives each parameter its schema, [`life!`](crate::life) writes the state table.

/// Declares the detail and the list row of a numbered document, with the head that all of them share:
///
/// ```text
/// document! {
///     /// Goods that a station asks headquarters for.
///     Requisition: RequisitionId "requisition" in RequisitionState by RequisitionAction {
///         /// Remark.
///         remark: Option<Note<500>>,
///     }
///     /// A requisition in a list.
///     RequisitionRow {
///         /// Urgency.
///         priority: Priority,
///     }
/// }
/// ```
#[macro_export]
macro_rules! document {
    (
        $(#[$meta:meta])* $name:ident: $id:ident $resource:literal in $state:ident by $action:ident
            { $($(#[$fmeta:meta])* $field:ident: $ty:ty),* $(,)? }
        $(#[$rmeta:meta])* $row:ident { $($(#[$rfmeta:meta])* $rfield:ident: $rty:ty),* $(,)? }
    ) => {
        #[doc = concat!("Id of a ", $resource, ".")]
        pub type $id = $crate::Id<$name>;

        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub struct $name {
            /// Id.
            pub id: $id,
            /// Counts the changes, from 1.
            #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
            pub version: i64,
            /// Created at.
            pub created_at: $crate::Timestamp,
            /// Last change.
            pub updated_at: $crate::Timestamp,
            /// Station that it belongs to.
            pub org_id: $crate::identity::OrgId,
            /// Number.
            #[cfg_attr(feature = "schema", schema(max_length = 60, example = "SQ20261100001"))]
            pub number: String,
            /// State.
            pub state: $state,
            /// What the caller may do now.
            #[cfg_attr(feature = "schema", schema(max_items = 20))]
            pub allowed: Vec<$action>,
            /// Whether the caller may change it.
            pub is_editable: bool,
            $($(#[$fmeta])* pub $field: $ty,)*
        }
        impl $crate::Resource for $name {
            const NAME: &'static str = $resource;
        }
        impl $crate::Versioned for $name {
            fn version(&self) -> i64 {
                self.version
            }
        }
        impl $crate::document::Documented for $name {
            type State = $state;
            type Action = $action;
            fn number(&self) -> &str {
                &self.number
            }
            fn state(&self) -> $state {
                self.state
            }
            fn allowed(&self) -> &[$action] {
                &self.allowed
            }
            fn is_editable(&self) -> bool {
                self.is_editable
            }
        }

        $(#[$rmeta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub struct $row {
            /// Id.
            pub id: $id,
            /// Version.
            pub version: i64,
            /// Created at.
            pub created_at: $crate::Timestamp,
            /// Last change.
            pub updated_at: $crate::Timestamp,
            /// Station.
            pub org_id: $crate::identity::OrgId,
            /// Number.
            #[cfg_attr(feature = "schema", schema(max_length = 60, example = "SQ20261100001"))]
            pub number: String,
            /// State.
            pub state: $state,
            $($(#[$rfmeta])* pub $rfield: $rty,)*
        }
    };
}

/// Declares the detail and the list row of a record that belongs to a station but has neither number nor life:
///
/// ```text
/// record! {
///     /// People who work together.
///     Team: TeamId "team" { /// Name. name: Text<60>, }
///     /// A team in a list.
///     TeamRow { /// Name. name: Text<60>, }
/// }
/// ```
#[macro_export]
macro_rules! record {
    (
        $(#[$meta:meta])* $name:ident: $id:ident $resource:literal { $($(#[$fmeta:meta])* $field:ident: $ty:ty),* $(,)? }
        $(#[$rmeta:meta])* $row:ident { $($(#[$rfmeta:meta])* $rfield:ident: $rty:ty),* $(,)? }
    ) => {
        #[doc = concat!("Id of a ", $resource, ".")]
        pub type $id = $crate::Id<$name>;
        $crate::record! { @head $(#[$meta])* $name: $id { $($(#[$fmeta])* $field: $ty),* } }
        $crate::record! { @head $(#[$rmeta])* $row: $id { $($(#[$rfmeta])* $rfield: $rty),* } }
        impl $crate::Resource for $name {
            const NAME: &'static str = $resource;
        }
        impl $crate::Versioned for $name {
            fn version(&self) -> i64 {
                self.version
            }
        }
    };
    (@head $(#[$meta:meta])* $name:ident: $id:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty),* }) => {
        $crate::parts! {
            $(#[$meta])*
            shown $name {
                /// Id.
                id: $id,
                /// Counts the changes, from 1.
                #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
                version: i64,
                /// Created at.
                created_at: $crate::Timestamp,
                /// Last change.
                updated_at: $crate::Timestamp,
                /// Station that it belongs to.
                org_id: $crate::identity::OrgId,
                $($(#[$fmeta])* $field: $ty,)*
            }
        }
    };
}

/// Declares what is typed in and read back of parts of a document: structs with the derives that each needs.
///
/// `draft` refuses unknown fields and is validated (name `validator::Validate` where drafts are nested); `shown` is only
/// written out.
#[macro_export]
macro_rules! parts {
    ($($(#[$meta:meta])* $kind:ident $name:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty),* $(,)? })+) => {
        $($crate::parts!(@$kind $(#[$meta])* $name { $($(#[$fmeta])* $field: $ty),* });)+
    };
    (@draft $(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty),* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, validator::Validate)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty,)* }
    };
    (@shown $(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty),* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty,)* }
    };
}

/// The default sort of a list: by its first key, upwards when that is what people call the record by, else the latest first.
pub const fn default_sort(first: &'static str, downwards: &'static str) -> &'static str {
    match first.as_bytes() {
        b"code" | b"name" => first,
        _ => downwards,
    }
}

/// Declares the filter of a list, with its sort keys; the first one is the default, descending unless it is
/// `code` or `name`.
///
/// ```text
/// filter! {
///     /// `q` looks in number and remark.
///     RequisitionFilter by "created_at", "updated_at", "number" {
///         /// States.
///         state: any RequisitionState,
///         /// Station.
///         org_id: id OrgId,
///         /// Exactly this number.
///         number: text 60,
///         /// Only overdue ones.
///         is_overdue: flag,
///         /// From this day on.
///         from: date,
///     }
/// }
/// ```
#[macro_export]
macro_rules! filter {
    (@fields $head:tt $sorts:tt [$($done:tt)*] $(#[$meta:meta])* $field:ident: any $t:tt, $($rest:tt)*) => {
        $crate::filter! { @fields $head $sorts [$($done)*
            $(#[$meta])* #[serde(skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", param(inline, value_type = $crate::query::AnyOf<$t>, required = false))]
            pub $field: Option<$crate::query::AnyOf<$t>>,] $($rest)* }
    };
    (@fields $head:tt $sorts:tt [$($done:tt)*] $(#[$meta:meta])* $field:ident: id $t:tt, $($rest:tt)*) => {
        $crate::filter! { @fields $head $sorts [$($done)*
            $(#[$meta])* #[serde(skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
            pub $field: Option<$t>,] $($rest)* }
    };
    (@fields $head:tt $sorts:tt [$($done:tt)*] $(#[$meta:meta])* $field:ident: text $max:tt, $($rest:tt)*) => {
        $crate::filter! { @fields $head $sorts [$($done)*
            $(#[$meta])* #[serde(skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = $max, nullable = false))]
            pub $field: Option<$crate::Text<$max>>,] $($rest)* }
    };
    (@fields $head:tt $sorts:tt [$($done:tt)*] $(#[$meta:meta])* $field:ident: flag, $($rest:tt)*) => {
        $crate::filter! { @fields $head $sorts [$($done)*
            $(#[$meta])* #[serde(skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", param(nullable = false))]
            pub $field: Option<bool>,] $($rest)* }
    };
    (@fields $head:tt $sorts:tt [$($done:tt)*] $(#[$meta:meta])* $field:ident: date, $($rest:tt)*) => {
        $crate::filter! { @fields $head $sorts [$($done)*
            $(#[$meta])* #[serde(skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Date, max_length = 10, nullable = false))]
            pub $field: Option<$crate::Date>,] $($rest)* }
    };
    (@fields $head:tt $sorts:tt [$($done:tt)*] $(#[$meta:meta])* $field:ident: month, $($rest:tt)*) => {
        $crate::filter! { @fields $head $sorts [$($done)*
            $(#[$meta])* #[serde(skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 7, pattern = r"^\d{4}-\d{2}$", example = "2026-11", nullable = false))]
            pub $field: Option<$crate::Month>,] $($rest)* }
    };
    (@fields [$(#[$meta:meta])* $name:ident] [$($sort:literal),+] [$($fields:tt)*]) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
        #[serde(deny_unknown_fields, default)]
        pub struct $name { $($fields)* }
        impl $crate::page::Filter for $name {
            const SORTS: &'static [&'static str] = &[$($sort),+];
            const DEFAULT_SORT: &'static str = $crate::filter!(@first $($sort),+);
        }
    };
    (@first $sort:literal $(, $rest:literal)*) => { $crate::record::default_sort($sort, concat!("-", $sort)) };
    ($(#[$meta:meta])* $name:ident by $($sort:literal),+ { $($fields:tt)* }) => {
        $crate::filter! { @fields [$(#[$meta])* $name] [$($sort),+] [] $($fields)* }
    };
}

/// Writes the state table of a document:
///
/// ```text
/// life! {
///     /// A requisition from draft to fulfilment.
///     RequisitionLife of Requisition: RequisitionState, RequisitionAction from Draft {
///         Draft: Submit => Submitted needs REQUISITION_EDIT;
///         Submitted: Void => Void needs REQUISITION_EDIT;
///     }
/// }
/// ```
///
/// `of` names the [`DocKind`](crate::document::DocKind); the timeline is kept under its value. The first state is
/// where life begins: a test that comes with the table proves that it is sound.
#[macro_export]
macro_rules! life {
    ($(#[$meta:meta])* $name:ident of $kind:ident: $state:ident, $action:ident from $start:ident {
        $($from:ident: $do:ident => $to:ident needs $permission:ident;)+
    }) => {
        $(#[$meta])*
        pub struct $name;
        impl $crate::document::Lifecycle for $name {
            type State = $state;
            type Action = $action;
            const KIND: $crate::document::DocKind = $crate::document::DocKind::$kind;
            const STEPS: &'static [$crate::document::Step<$state, $action>] = &[$(
                $crate::document::Step {
                    from: $state::$from, action: $action::$do, to: $state::$to, permission: $permission,
                },
            )+];
        }
        #[cfg(test)]
        mod life_of_the_document {
            #[test]
            fn the_state_table_is_sound() {
                let faults = $crate::document::table_faults::<super::$name>(super::$state::$start);
                assert_eq!(faults, Vec::<String>::new());
            }
        }
    };
}

/// Writes states, action and state table of a document that is posted as it is written and taken back by its mirror:
///
/// ```text
/// posted! { GoodsReceiptLife of GoodsReceipt: GoodsReceiptState, GoodsReceiptAction needs GOODS_RECEIPT_REVERSE }
/// ```
///
/// What is posted is called so, unless `as ("已发货", "Shipped")` says what people call it.
#[macro_export]
macro_rules! posted {
    ($life:ident of $kind:ident: $state:ident, $action:ident needs $permission:ident) => {
        $crate::posted! { $life of $kind: $state as ("已过账", "Posted"), $action needs $permission }
    };
    ($life:ident of $kind:ident: $state:ident as ($zh:literal, $en:literal), $action:ident needs $permission:ident) => {
        $crate::choices! {
            /// Whether it is in force.
            $state {
                Posted = "posted" ($zh, $en, Success),
                Reversed = "reversed" ("已冲销", "Reversed", Danger),
            }
            /// What can be done to it.
            $action {
                Reverse = "reverse" ("冲销", "Reverse", Danger),
            }
        }
        $crate::life! {
            /// Posted as it is written, and taken back by its mirror.
            $life of $kind: $state, $action from Posted {
                Posted: Reverse => Reversed needs $permission;
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::page::Filter;

    #[test]
    fn records_are_listed_by_what_people_call_them_and_documents_latest_first() {
        assert_eq!(crate::stock::bin::BinFilter::DEFAULT_SORT, "code");
        assert_eq!(crate::stock::plan::PartsPlanFilter::DEFAULT_SORT, "-created_at");
    }
}
