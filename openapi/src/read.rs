//! Reads JSON into the types of the contract with little code per type.
//!
//! The text is parsed once into a tree, by code that knows no type. What is compiled for each type only picks the tree
//! apart: no positions, no sequences in the place of objects, and in the browser no messages either. The browser reads
//! every reply with it; with `serde_json` itself the types of the contract would be a third of the module.

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Value};
use std::fmt;

/// A text that is not JSON, or not of the type. It says why, except in the browser, where nobody could read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    #[cfg(not(target_family = "wasm"))]
    why: String,
}

impl Unreadable {
    #[cfg(not(target_family = "wasm"))]
    fn because(why: impl fmt::Display) -> Self {
        Unreadable { why: why.to_string() }
    }
    #[cfg(target_family = "wasm")]
    fn because(_: impl fmt::Display) -> Self {
        Unreadable {}
    }
}
impl fmt::Display for Unreadable {
    #[cfg(not(target_family = "wasm"))]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
    #[cfg(target_family = "wasm")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unreadable")
    }
}
impl std::error::Error for Unreadable {}
impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(why: T) -> Self {
        Unreadable::because(why)
    }
}

/// Parses JSON.
pub fn tree(json: &[u8]) -> Result<Value, Unreadable> {
    serde_json::from_slice(json).map_err(Unreadable::because)
}

/// Reads a `T` from JSON.
pub fn json<T: DeserializeOwned>(json: &[u8]) -> Result<T, Unreadable> {
    value(&tree(json)?)
}

/// Reads a `T` from parsed JSON.
pub fn value<T: DeserializeOwned>(value: &Value) -> Result<T, Unreadable> {
    T::deserialize(Tree(value))
}

fn unlike(expected: &'static str) -> Unreadable {
    Unreadable::because(format_args!("expected {expected}"))
}

/// A place in the tree.
#[derive(Clone, Copy)]
struct Tree<'a>(&'a Value);

impl<'a> Tree<'a> {
    fn text(self) -> Result<&'a str, Unreadable> {
        self.0.as_str().ok_or_else(|| unlike("a string"))
    }
    fn signed(self) -> Result<i64, Unreadable> {
        self.0.as_i64().ok_or_else(|| unlike("a whole number"))
    }
    fn unsigned(self) -> Result<u64, Unreadable> {
        self.0.as_u64().ok_or_else(|| unlike("a whole number, not negative"))
    }
    fn object(self) -> Result<&'a Map<String, Value>, Unreadable> {
        self.0.as_object().ok_or_else(|| unlike("an object"))
    }
    fn array(self) -> Result<&'a [Value], Unreadable> {
        self.0.as_array().map(Vec::as_slice).ok_or_else(|| unlike("an array"))
    }
}

/// Methods that read the place and hand what they find to one method of the visitor.
macro_rules! take {
    ($($method:ident $read:ident $visit:ident;)+) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.$visit(self.$read()?)
        }
    )+ };
}

impl<'de> Deserializer<'de> for Tree<'de> {
    type Error = Unreadable;

    take! {
        deserialize_i8 signed visit_i64;
        deserialize_i16 signed visit_i64;
        deserialize_i32 signed visit_i64;
        deserialize_i64 signed visit_i64;
        deserialize_u8 unsigned visit_u64;
        deserialize_u16 unsigned visit_u64;
        deserialize_u32 unsigned visit_u64;
        deserialize_u64 unsigned visit_u64;
        deserialize_char text visit_str;
        deserialize_str text visit_str;
        deserialize_string text visit_str;
        deserialize_identifier text visit_str;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(*flag),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(whole), _) => visitor.visit_u64(whole),
                (None, Some(whole)) => visitor.visit_i64(whole),
                (None, None) => visitor.visit_f64(number.as_f64().ok_or_else(|| unlike("a number"))?),
            },
            Value::String(text) => visitor.visit_str(text),
            Value::Array(items) => visitor.visit_seq(Items(items.iter())),
            Value::Object(object) => visitor.visit_map(Entries { rest: object.iter(), value: &Value::Null }),
        }
    }
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_bool(self.0.as_bool().ok_or_else(|| unlike("true or false"))?)
    }
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_f64(visitor)
    }
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_f64(self.0.as_f64().ok_or_else(|| unlike("a number"))?)
    }
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }
    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() { visitor.visit_unit() } else { Err(unlike("null")) }
    }
    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_unit(visitor)
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(Items(self.array()?.iter()))
    }
    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_map(Entries { rest: self.object()?.iter(), value: &Value::Null })
    }
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let (name, content) = match self.0 {
            Value::Object(object) => object.iter().next().ok_or_else(|| unlike("a variant"))?,
            _ => return visitor.visit_enum(Variant { name: self.text()?, content: &Value::Null }),
        };
        visitor.visit_enum(Variant { name, content })
    }
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }
}

struct Items<'a>(std::slice::Iter<'a, Value>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Unreadable;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        self.0.next().map(|item| seed.deserialize(Tree(item))).transpose()
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries<'a> {
    rest: serde_json::map::Iter<'a>,
    value: &'a Value,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Unreadable;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(Name(name)).map(Some)
    }
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(Tree(self.value))
    }
}

/// The name of an entry.
struct Name<'a>(&'a str);

impl<'de> Deserializer<'de> for Name<'de> {
    type Error = Unreadable;
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_str(self.0)
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(Variant { name: self.0, content: &Value::Null })
    }
    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

struct Variant<'a> {
    name: &'a str,
    content: &'a Value,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Unreadable;
    type Variant = Tree<'de>;
    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Tree<'de>), Unreadable> {
        Ok((seed.deserialize(Name(self.name))?, Tree(self.content)))
    }
}

impl<'de> VariantAccess<'de> for Tree<'de> {
    type Error = Unreadable;
    fn unit_variant(self) -> Result<(), Unreadable> {
        if self.0.is_null() { Ok(()) } else { Err(unlike("a variant without content")) }
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(self)
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }
    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Money, Page, Timestamp};
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Deserialize)]
    enum Shape {
        Point,
        Circle(i64),
        Line { from: i64, to: i64 },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Everything {
        flag: bool,
        small: u8,
        large: i64,
        ratio: f64,
        at: Timestamp,
        amount: Money,
        missing: Option<String>,
        pair: (i64, String),
        shapes: Vec<Shape>,
        by_name: BTreeMap<String, Option<i64>>,
        free: Value,
    }

    const TEXT: &str = r#"{"flag":true,"small":200,"large":-9007199254740993,"ratio":1,"at":"2026-11-21T09:08:07.000Z",
        "amount":{"amount":"12.50","currency":"CNY"},"pair":[3,"三"],
        "shapes":["Point",{"Circle":5},{"Line":{"from":1,"to":2}}],"by_name":{"a":1,"b":null},"free":{"x":[1.5,-1,null]}}"#;

    #[test]
    fn a_text_reads_like_serde_json_reads_it() {
        let mine = json::<Everything>(TEXT.as_bytes()).unwrap();
        assert_eq!(mine, serde_json::from_str(TEXT).unwrap());
        assert_eq!((mine.large, mine.missing), (-9_007_199_254_740_993, None));
        assert_eq!(mine.shapes, [Shape::Point, Shape::Circle(5), Shape::Line { from: 1, to: 2 }]);
        let page = json::<Page<i64>>(br#"{"items":[1,2],"next_cursor":null,"has_more":false,"total":null}"#).unwrap();
        assert_eq!(page.items, [1, 2]);
    }

    #[test]
    fn what_does_not_fit_is_refused_with_a_reason() {
        let broken = |from: &str, to: &str| {
            let text = TEXT.replace(from, to);
            json::<Everything>(text.as_bytes()).map_err(|e| e.to_string()).unwrap_err()
        };
        assert!(broken("\"flag\":true,", "").contains("missing field `flag`"));
        assert!(broken("\"small\":200", "\"small\":256").contains("256"));
        assert!(broken("\"small\":200", "\"small\":-1").contains("not negative"));
        assert!(broken("\"flag\"", "\"flog\"").contains("unknown field `flog`"));
        assert!(broken("[3,\"三\"]", "{}").contains("an array"));
        assert!(broken("\"Point\"", "\"Square\"").contains("unknown variant `Square`"));
        assert!(broken("{\"Circle\":5}", "{\"Point\":5}").contains("without content"));
        assert!(broken("12.50", "12.505").contains("too_many_decimals"));
        assert!(json::<Value>(b"{\"flag\":").unwrap_err().to_string().contains("EOF"));
    }
}
