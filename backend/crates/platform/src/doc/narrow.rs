//! What a filter of a contract leaves of a list, column by column.

/// The condition that the fields of a filter make, `C` being the columns of the head: any of several values, an id, exactly
/// a text, or yes and no. A field that is absent narrows nothing.
///
/// ```text
/// let all = narrowed!(filter, C: any state State, id org_id OrgId, text number Number);
/// ```
#[macro_export]
macro_rules! narrowed {
    (@any $filter:ident $field:ident $c:ident $column:ident) => {
        $filter.$field.as_ref().map(|any| $c::$column.is_in(any.0.iter().map(ToString::to_string)))
    };
    (@id $filter:ident $field:ident $c:ident $column:ident) => {
        $filter.$field.map(|id| $c::$column.eq(id.uuid()))
    };
    (@text $filter:ident $field:ident $c:ident $column:ident) => {
        $filter.$field.as_ref().map(|text| $c::$column.eq(&**text))
    };
    (@month $filter:ident $field:ident $c:ident $column:ident) => {
        $filter.$field.map(|month| $c::$column.eq(month.number()))
    };
    (@flag $filter:ident $field:ident $c:ident $column:ident) => {
        $filter.$field.map(|flag| $c::$column.eq(flag))
    };
    ($filter:ident, $c:ident: $($how:ident $field:ident $column:ident),+ $(,)?) => {
        sea_orm::Condition::all()$(.add_option($crate::narrowed!(@$how $filter $field $c $column)))+
    };
}

/// What a list is sorted by: the keys of the contract, each with its column.
///
/// ```text
/// let sorts = sorted!(C: created_at CreatedAt, number Number);
/// ```
#[macro_export]
macro_rules! sorted {
    ($c:ident: $($key:ident $column:ident),+) => {
        &[$((stringify!($key), $c::$column)),+]
    };
}
