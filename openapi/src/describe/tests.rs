use super::*;

#[test]
fn no_two_types_of_the_contract_share_a_name() {
    assert_eq!(clashes(), [""; 0], "rename one of the types: only one of them is in openapi.json");
}

#[test]
fn a_name_that_is_wanted_twice_is_noticed() {
    let text = |max| RefOr::from(crate::scalar::string_schema("Text", 1, max, None, ""));
    let mut document = Document::default();
    document.keep("Name".to_owned(), text(10));
    document.keep("Name".to_owned(), text(10));
    assert!(document.clashes.is_empty(), "the same type may be used twice");
    document.keep("Name".to_owned(), text(20));
    assert_eq!(document.clashes, ["Name"]);
    assert!(document.schemas["Name"] == text(10), "the first one stays");
}
