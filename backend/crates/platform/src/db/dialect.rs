//! The only place that knows how the two databases differ in SQL.

use sea_orm::sea_query::{Expr, ExprTrait, IntoColumnRef, LikeExpr, SimpleExpr, extension::postgres::PgExpr};

/// The database in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite: one file, the default.
    Sqlite,
    /// PostgreSQL: many stations, many replicas.
    Postgres,
}

impl Dialect {
    /// The name shown to people.
    pub const fn name(self) -> &'static str {
        match self {
            Dialect::Sqlite => "sqlite",
            Dialect::Postgres => "postgres",
        }
    }

    /// Whether rows can be locked one by one; SQLite has a single writer instead.
    pub const fn locks_rows(self) -> bool {
        matches!(self, Dialect::Postgres)
    }

    /// `column` contains `word`, whatever its case; the word is taken literally.
    pub fn contains(self, column: impl IntoColumnRef, word: &str) -> SimpleExpr {
        let escaped = |with: char| {
            let literal = |c: char| matches!(c, '%' | '_') || c == with;
            word.chars().flat_map(|c| literal(c).then_some(with).into_iter().chain([c])).collect::<String>()
        };
        match self {
            // SQLite knows no escape character of its own
            Dialect::Sqlite => Expr::col(column).like(LikeExpr::new(format!("%{}%", escaped('!'))).escape('!')),
            // PostgreSQL's own is the backslash
            Dialect::Postgres => Expr::col(column).ilike(format!("%{}%", escaped('\\'))),
        }
    }
}
