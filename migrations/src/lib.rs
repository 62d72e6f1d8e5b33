//! The schema, one file per document. Migrations only go forward: a released one is never edited.
//!
//! The SQL is the same for both databases but for a few type names, written in braces (see [`kit`]).
//! Constraints are named `ck_/uq_/fk_<table>_<what>` so that a violation maps to an error code.

mod kit;
mod m0001_platform;
mod m0002_append_only;
mod m0003_attachment;
mod m0004_outbox;
mod m0005_job;
mod m0006_settings;
mod m0100_identity;
mod m0110_team;
mod m0120_external;
mod m0300_customer;
mod m0310_dictionary;
mod m0320_product;
mod m0330_warehouse;
mod m0340_unit;
mod m0500_stock;
mod m0600_period;
mod m0610_ledger;
mod m0620_open_item;
mod m0630_settlement;
mod m0640_receipt;
mod m0700_ticket;
mod m0710_ticket_import;
mod m0720_vat_rate;
mod m0730_unit_custody;
mod m0740_ticket_lists;
mod m0800_station_transfer;
mod m0810_store_documents;
mod m0820_stocktake;
mod m0830_revaluation;
mod m0830_stock_month_end;
mod m0840_conversion;
mod m0850_stocktake_moved;
mod m0860_shortage;
mod m0870_swap;
mod m0880_refurb;
mod m0890_part_return;
mod m0900_party;
mod m0910_purchase;
mod m0920_payable;
mod m0930_retail;
mod m0940_purchase_return;
mod m0950_wholesale;
mod m0960_prepayment;
mod m0961_expected;
mod m0965_refurb_sale;
mod m0970_swap_serial;
mod m0990_base_change;
mod m0991_rare_filters;
mod m0992_order_serial;
mod m0993_part_return_maker;
mod m0994_audit_seal;
mod m0996_ticket_order;
mod m0997_parts_plan;
mod m0998_bin;
mod m0999_plan_supplied;
mod m1000_plan_ended;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

/// Every migration, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_platform::Migration),
            Box::new(m0002_append_only::Migration),
            Box::new(m0003_attachment::Migration),
            Box::new(m0004_outbox::Migration),
            Box::new(m0005_job::Migration),
            Box::new(m0006_settings::Migration),
            Box::new(m0100_identity::Migration),
            Box::new(m0110_team::Migration),
            Box::new(m0120_external::Migration),
            Box::new(m0300_customer::Migration),
            Box::new(m0310_dictionary::Migration),
            Box::new(m0320_product::Migration),
            Box::new(m0330_warehouse::Migration),
            Box::new(m0340_unit::Migration),
            Box::new(m0500_stock::Migration),
            Box::new(m0600_period::Migration),
            Box::new(m0610_ledger::Migration),
            Box::new(m0620_open_item::Migration),
            Box::new(m0630_settlement::Migration),
            Box::new(m0640_receipt::Migration),
            Box::new(m0700_ticket::Migration),
            Box::new(m0710_ticket_import::Migration),
            Box::new(m0720_vat_rate::Migration),
            Box::new(m0730_unit_custody::Migration),
            Box::new(m0740_ticket_lists::Migration),
            Box::new(m0800_station_transfer::Migration),
            Box::new(m0810_store_documents::Migration),
            Box::new(m0820_stocktake::Migration),
            Box::new(m0830_revaluation::Migration),
            Box::new(m0830_stock_month_end::Migration),
            Box::new(m0840_conversion::Migration),
            Box::new(m0850_stocktake_moved::Migration),
            Box::new(m0900_party::Migration),
            Box::new(m0910_purchase::Migration),
            Box::new(m0920_payable::Migration),
            Box::new(m0930_retail::Migration),
            Box::new(m0940_purchase_return::Migration),
            Box::new(m0950_wholesale::Migration),
            Box::new(m0960_prepayment::Migration),
            Box::new(m0961_expected::Migration),
            Box::new(m0860_shortage::Migration),
            Box::new(m0870_swap::Migration),
            Box::new(m0880_refurb::Migration),
            Box::new(m0890_part_return::Migration),
            Box::new(m0965_refurb_sale::Migration),
            Box::new(m0970_swap_serial::Migration),
            Box::new(m0990_base_change::Migration),
            Box::new(m0991_rare_filters::Migration),
            Box::new(m0992_order_serial::Migration),
            Box::new(m0993_part_return_maker::Migration),
            Box::new(m0994_audit_seal::Migration),
            Box::new(m0996_ticket_order::Migration),
            Box::new(m0998_bin::Migration),
            Box::new(m0997_parts_plan::Migration),
            Box::new(m0999_plan_supplied::Migration),
            Box::new(m1000_plan_ended::Migration),
        ]
    }
}

/// Brings the schema up to date, all or nothing; several processes may start at once.
pub async fn up(db: &DatabaseConnection) -> Result<(), DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let tx = db.begin_with_options(options).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(4702111)").await?;
    }
    Migrator::up(&tx, None).await?;
    tx.commit().await
}

/// How many migrations wait to be applied.
pub async fn pending(db: &DatabaseConnection) -> Result<usize, DbErr> {
    Ok(Migrator::get_pending_migrations(db).await?.len())
}
