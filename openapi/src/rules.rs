//! Rules of the company in numbers, declared once: what is typed, what holds now, and every change that was made.

/// Declares numbers that hold from now on until somebody sets others, each with its bounds and what it is at first:
///
/// ```text
/// rules! {
///     /// The rules of old parts.
///     PartReturnPolicy: PartReturnPolicyDraft, PartReturnPolicyChange, PartReturnPolicyChangeId = "part_return_policy" {
///         /// Days until a part must be back.
///         due_days: 1 to 3650, at first 40;
///     }
/// }
/// ```
///
/// The numbers are `u16`. What was posted under other rules keeps what they said.
#[macro_export]
macro_rules! rules {
    ($(#[$meta:meta])* $name:ident: $draft:ident, $change:ident, $id:ident = $resource:literal {
        $($(#[$fmeta:meta])* $field:ident: $min:tt to $max:tt, at first $preset:tt;)+
    }) => {
        #[doc = concat!("Id of a change in ", $resource, ".")]
        pub type $id = $crate::Id<$change>;
        impl $crate::Resource for $change {
            const NAME: &'static str = $resource;
        }
        $crate::parts! {
            $(#[$meta])*
            /// They hold from now on; what is posted keeps what held then.
            draft $draft {
                $($(#[$fmeta])*
                #[validate(range(min = $min, max = $max))]
                #[cfg_attr(feature = "schema", schema(minimum = $min, maximum = $max, example = $preset))]
                $field: u16,)+
                /// Remark.
                #[serde(default)]
                remark: Option<$crate::Text<200>>,
            }
            $(#[$meta])*
            /// One change of them.
            shown $change {
                /// Id.
                id: $id,
                $($(#[$fmeta])*
                #[cfg_attr(feature = "schema", schema(minimum = $min, maximum = $max, example = $preset))]
                $field: u16,)+
                /// When it was set.
                created_at: $crate::Timestamp,
                /// By whom.
                created_by_name: Option<$crate::Text<100>>,
                /// Remark.
                remark: Option<$crate::Text<200>>,
            }
            $(#[$meta])*
            shown $name {
                $($(#[$fmeta])*
                #[cfg_attr(feature = "schema", schema(minimum = $min, maximum = $max, example = $preset))]
                $field: u16,)+
                /// What was set, the latest first, at most 100. Before the first entry the presets applied.
                #[cfg_attr(feature = "schema", schema(max_items = 100))]
                items: Vec<$change>,
            }
        }
        impl $draft {
            /// What holds until somebody sets something else.
            pub const fn preset() -> Self {
                $draft { $($field: $preset,)+ remark: None }
            }
        }
    };
}
