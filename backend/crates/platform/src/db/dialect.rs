//! The only place that knows how the two databases differ in SQL.

use sea_orm::sea_query::{Expr, ExprTrait, Func, IntoColumnRef, LikeExpr, SimpleExpr, extension::postgres::PgExpr};

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
        let column = column.into_column_ref();
        if is_caseless(word) {
            // digits and Chinese are compared byte by byte, several times as fast as letters whose case has to be folded
            let position = match self {
                Dialect::Sqlite => Func::cust("instr"),
                Dialect::Postgres => Func::cust("strpos"),
            };
            return Expr::expr(position.arg(Expr::col(column)).arg(word)).gt(0);
        }
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

/// Whether every character stands for itself alone, in whatever case.
fn is_caseless(word: &str) -> bool {
    word.chars().all(|c| c.to_lowercase().eq([c]) && c.to_uppercase().eq([c]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::sea_query::{Alias, PostgresQueryBuilder, Query, SqliteQueryBuilder};

    #[test]
    fn letters_are_folded_and_everything_else_is_compared_as_it_is() {
        let of = |dialect: Dialect, word| {
            let found = dialect.contains(Alias::new("number"), word);
            let query = Query::select().expr(found).to_owned();
            match dialect {
                Dialect::Sqlite => query.to_string(SqliteQueryBuilder),
                Dialect::Postgres => query.to_string(PostgresQueryBuilder),
            }
        };
        assert_eq!(of(Dialect::Sqlite, "50%"), r#"SELECT instr("number", '50%') > 0"#);
        assert_eq!(of(Dialect::Postgres, "屏幕"), r#"SELECT strpos("number", '屏幕') > 0"#);
        assert_eq!(of(Dialect::Sqlite, "x_1"), r#"SELECT "number" LIKE '%x!_1%' ESCAPE '!'"#);
        assert_eq!(of(Dialect::Postgres, "é"), r#"SELECT "number" ILIKE '%é%'"#);
    }
}
