//! Paper: every document can be printed, with the built-in template or with the company's own.

use super::{PRINT_EDIT, SubjectId};
use crate::document::DocKind;
use crate::reply::{FileReply, Html};
use crate::{Detail, Json, NoContent, Note, PathParams, Versioned, choices, codes, endpoints, parts};
use serde::{Deserialize, Serialize};

codes! {
    PRINT_TEMPLATE_WRONG = 422 "print_template_wrong", "模板第 {line} 行有误：{what}", "Line {line} of the template is wrong: {what}";
    PRINT_TEMPLATE_EMPTY = 422 "print_template_empty", "模板没有打印出任何内容", "The template prints nothing";
}

choices! {
    /// What a document is printed on.
    Paper {
        Receipt80 = "receipt80" ("80 毫米小票", "80 mm receipt", Neutral),
        A5 = "a5" ("A5", "A5", Neutral),
        A4 = "a4" ("A4", "A4", Neutral),
    }
}

/// `{kind}` and `{id}` of a document.
#[derive(Clone, Copy, Debug)]
pub struct ByDocument {
    /// The kind.
    pub kind: DocKind,
    /// The document.
    pub id: SubjectId,
}
impl PathParams for ByDocument {
    const RESOURCE: Option<&'static str> = None;
    const NAMES: &'static [&'static str] = &["kind", "id"];
    fn parse<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        Some(ByDocument { kind: get("kind")?.parse().ok()?, id: get("id")?.parse().ok()? })
    }
    fn text(&self, name: &str) -> String {
        if name == "kind" { self.kind.to_string() } else { self.id.to_string() }
    }
}

/// `{kind}` of documents and `{paper}`.
#[derive(Clone, Copy, Debug)]
pub struct ByPaper {
    /// The kind.
    pub kind: DocKind,
    /// The paper.
    pub paper: Paper,
}
impl PathParams for ByPaper {
    const RESOURCE: Option<&'static str> = Some("print_template");
    const NAMES: &'static [&'static str] = &["kind", "paper"];
    fn parse<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        Some(ByPaper { kind: get("kind")?.parse().ok()?, paper: get("paper")?.parse().ok()? })
    }
    fn text(&self, name: &str) -> String {
        if name == "kind" { self.kind.to_string() } else { self.paper.to_string() }
    }
}

/// Which paper to print on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct PrintQuery {
    /// Paper.
    #[cfg_attr(feature = "schema", param(value_type = String, max_length = 20, example = "a5"))]
    pub paper: Paper,
}

parts! {
    /// A template of the company's own.
    draft PrintTemplateDraft {
        /// HTML with the placeholders of Jinja: `{{ doc.number }}`, `{% for field in doc.fields %}`, `{{ qr(doc.qr) }}`. It
        /// must print the sample document. At most 60,000 characters.
        body: Note<60000>,
    }
    /// A template to be tried out.
    draft PrintTemplateTrial {
        /// Paper.
        paper: Paper,
        /// The template.
        body: Note<60000>,
    }
    /// How one kind of document is printed on one paper.
    shown PrintTemplate {
        /// Kind of the documents.
        kind: DocKind,
        /// Its name in the language of the request.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "维修工单"))]
        label: String,
        /// Paper.
        paper: Paper,
        /// Counts the changes, from 1; the built-in template is version 1.
        #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
        version: i64,
        /// Whether it is the company's own.
        is_own: bool,
        /// The template in force.
        body: Note<60000>,
    }
    /// A template in the list.
    shown PrintTemplateRow {
        /// Kind of the documents.
        kind: DocKind,
        /// Its name in the language of the request.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "维修工单"))]
        label: String,
        /// Paper.
        paper: Paper,
        /// Whether it is the company's own.
        is_own: bool,
    }
    /// The templates of everything that can be printed.
    shown PrintTemplates {
        /// One for each kind and paper.
        #[cfg_attr(feature = "schema", schema(max_items = 1000))]
        items: Vec<PrintTemplateRow>,
    }
}
impl Versioned for PrintTemplate {
    fn version(&self) -> i64 {
        self.version
    }
}

endpoints! { "System";
    /// A document, ready to print.
    ///
    /// A page of HTML with everything in it. It takes the right to read the document; what the reader may not see is not
    /// printed. 404 for a kind that is not printed.
    PrintDocument: Get "/api/v1/system/documents/{kind}/{id}/print" signed_in, path ByDocument, query PrintQuery => FileReply<Html>;
    /// List the print templates.
    ListPrintTemplates: Get "/api/v1/system/print-templates" needs PRINT_EDIT => Json<PrintTemplates>;
    /// The template of a kind of document and a paper.
    GetPrintTemplate: Get "/api/v1/system/print-templates/{kind}/{paper}" needs PRINT_EDIT, path ByPaper => Detail<PrintTemplate>;
    /// Put a template of the company's own in its place.
    UpdatePrintTemplate: Put "/api/v1/system/print-templates/{kind}/{paper}" needs PRINT_EDIT, path ByPaper, body PrintTemplateDraft => Detail<PrintTemplate>;
    /// Go back to the built-in template.
    ResetPrintTemplate: Delete "/api/v1/system/print-templates/{kind}/{paper}" needs PRINT_EDIT, path ByPaper => NoContent;
    /// Print a sample document with a template that is tried out.
    TryPrintTemplate: Post "/api/v1/system/print-templates/try" needs PRINT_EDIT, body PrintTemplateTrial => FileReply<Html>;
}
