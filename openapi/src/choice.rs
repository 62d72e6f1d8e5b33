//! Closed sets of values that people choose from or see as a state: value, label and tone in one place.

/// How a value looks in the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    Neutral,
    /// In progress.
    Info,
    /// Good, done.
    Success,
    /// Needs attention.
    Warning,
    /// Wrong, stopped.
    Danger,
}

/// A closed set of values with labels.
pub trait Choice: Copy + PartialEq + Sized + 'static {
    /// Every value in display order.
    const ALL: &'static [Self];
    /// The value as it stands in JSON and in the database.
    fn as_str(self) -> &'static str;
    /// The text for people.
    fn label(self, lang: crate::text::Lang) -> &'static str;
    /// How it looks.
    fn tone(self) -> Tone;
    /// Reads the stored value back.
    fn parse(value: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.as_str() == value)
    }
}

/// The schema of a choice: its values, explained, and `x-labels` with their names in both languages.
#[cfg(feature = "schema")]
pub fn schema<C: Choice>(name: &str) -> utoipa::openapi::schema::Object {
    let meanings = C::ALL.iter().map(|v| format!("`{}` {}", v.as_str(), v.label(crate::text::Lang::En)));
    let label = |v: &C| {
        (
            v.as_str().to_owned(),
            serde_json::json!({ "zh": v.label(crate::text::Lang::Zh), "en": v.label(crate::text::Lang::En) }),
        )
    };
    let labels: serde_json::Map<_, _> = C::ALL.iter().map(label).collect();
    let extensions = utoipa::openapi::extensions::ExtensionsBuilder::new().add("x-labels", labels).build();
    utoipa::openapi::ObjectBuilder::new()
        .extensions(Some(extensions))
        .schema_type(utoipa::openapi::schema::Type::String)
        .description(Some(format!("{name}: {}", meanings.collect::<Vec<_>>().join(", "))))
        .enum_values(Some(C::ALL.iter().map(|v| v.as_str())))
        .build()
}

/// Declares a choice: `/// doc` `Name { /// doc` `Variant = "value" ("中文", "English", Tone), ... }`.
#[macro_export]
macro_rules! choices {
    ($($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $value:literal ($zh:literal, $en:literal, $tone:ident),)+ })+) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[doc = $en] #[serde(rename = $value)] $variant,)+ }
        impl $crate::choice::Choice for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn as_str(self) -> &'static str { match self { $(Self::$variant => $value),+ } }
            fn label(self, lang: $crate::text::Lang) -> &'static str { match self { $(Self::$variant => lang.pick($zh, $en)),+ } }
            fn tone(self) -> $crate::choice::Tone { match self { $(Self::$variant => $crate::choice::Tone::$tone),+ } }
        }
        // by hand: the derive does not see a rename that comes out of a macro
        #[cfg(feature = "schema")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::choice::schema::<$name>(stringify!($name)).into()
            }
        }
        #[cfg(feature = "schema")]
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str($crate::choice::Choice::as_str(*self)) }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::problem::Issue;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                $crate::choice::Choice::parse(s).ok_or_else(|| $crate::problem::Issue::new($crate::problem::field::UNKNOWN_VALUE))
            }
        }
    )+ };
}
