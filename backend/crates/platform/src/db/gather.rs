//! Several short selects in one round trip: each becomes a column that holds its rows as JSON. A document with six kinds
//! of lines is read by one statement instead of six.

use crate::db::dialect::Dialect;
use crate::{Failure, ReadTx, Result};
use sea_orm::sea_query::{Alias, ColumnType, Expr, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IdenStatic, Iterable, QueryTrait, Select};
use serde::de::DeserializeOwned;

/// Selects that are read together.
pub struct Gather<'a> {
    tx: &'a ReadTx,
    query: SelectStatement,
    count: usize,
}

/// What was read, in the order in which it was asked for.
pub struct Gathered(std::vec::IntoIter<String>);

impl ReadTx {
    /// Begins to gather.
    pub fn gather(&self) -> Gather<'_> {
        Gather { tx: self, query: Query::select(), count: 0 }
    }
}

impl Gather<'_> {
    /// Adds a select of whole rows; keep it short, and take it out again with [`Gathered::take`].
    pub fn and<E: EntityTrait>(mut self, select: Select<E>) -> Self {
        let rows = Query::select()
            .expr(as_json::<E>(self.tx.dialect()))
            .from_subquery(select.into_query(), Alias::new("g"))
            .to_owned();
        self.query.expr_as(SimpleExpr::SubQuery(None, Box::new(rows.into())), Alias::new(format!("g{}", self.count)));
        self.count += 1;
        self
    }

    /// Reads everything in one statement.
    pub async fn read(self) -> Result<Gathered> {
        let row = self.tx.conn().query_one(&self.query).await?;
        self.taken(row)
    }

    /// The same; none of the selects shows the row with this id, so that it may be written later.
    pub async fn read_without(self, id: uuid::Uuid) -> Result<Gathered> {
        let statement = self.tx.conn().get_database_backend().build(&self.query);
        let row = self.tx.conn().ask_without(id, statement).await?;
        self.taken(row)
    }

    fn taken(self, row: Option<sea_orm::QueryResult>) -> Result<Gathered> {
        let row = row.ok_or_else(|| Failure::Internal("a select without a table gave no row".to_owned()))?;
        let column = |at: usize| -> Result<String> {
            let found: Option<String> = row.try_get("", &format!("g{at}"))?;
            Ok(found.unwrap_or_else(|| "[]".to_owned()))
        };
        Ok(Gathered((0..self.count).map(column).collect::<Result<Vec<_>>>()?.into_iter()))
    }
}

impl Gathered {
    /// The rows of the next select.
    pub fn take<M: DeserializeOwned>(&mut self) -> Result<Vec<M>> {
        let rows = self.0.next().ok_or_else(|| Failure::Internal("more is taken than was gathered".to_owned()))?;
        Ok(serde_json::from_str(&rows)?)
    }
}

/// All rows of the subquery as one JSON array.
fn as_json<E: EntityTrait>(dialect: Dialect) -> SimpleExpr {
    if dialect == Dialect::Postgres {
        return Expr::cust("CAST(json_agg(row_to_json(\"g\")) AS TEXT)");
    }
    // SQLite's JSON knows neither bytes nor booleans
    let field = |column: E::Column| {
        let name = column.as_str().to_owned();
        match column.def().get_column_type() {
            ColumnType::Uuid => {
                format!("'{name}', CASE WHEN \"{name}\" IS NULL THEN NULL ELSE lower(hex(\"{name}\")) END")
            }
            ColumnType::Boolean => {
                format!("'{name}', json(CASE \"{name}\" WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END)")
            }
            _ => format!("'{name}', \"{name}\""),
        }
    };
    let fields = E::Column::iter().map(field).collect::<Vec<_>>().join(", ");
    Expr::cust(format!("json_group_array(json_object({fields}))"))
}
