//! The one list of domains: what they mount, whom they listen to, what their constraints mean.

use openapi::system::InvariantCheck;
use platform::http::Api;
use platform::{Bus, Constraint, Jobs, ReadTx, Result, Sinks, Subjects};

/// Mounts every endpoint row.
pub fn mount() -> Api {
    let mut api = Api::default();
    crate::system::mount(&mut api);
    identity::mount(&mut api);
    master::mount(&mut api);
    stock::mount(&mut api);
    finance::mount(&mut api);
    trade::mount(&mut api);
    service::mount(&mut api);
    api
}

/// What files and timelines may belong to.
pub fn subjects() -> Subjects {
    let mut subjects = Subjects::default();
    master::subjects(&mut subjects);
    stock::subjects(&mut subjects);
    finance::subjects(&mut subjects);
    trade::subjects(&mut subjects);
    service::subjects(&mut subjects);
    subjects
}

/// What is done for each kind of job.
pub fn jobs() -> Jobs {
    let mut jobs = Jobs::default();
    jobs.on("tidy.answers", platform::job::tidy::answers);
    jobs.on("tidy.work", platform::job::tidy::work);
    jobs.on("tidy.plans", platform::job::tidy::plans);
    jobs.on("tidy.sessions", crate::schedule::tidy_sessions);
    jobs.on(platform::seal::SEAL, platform::seal::seal);
    jobs.on(platform::seal::VERIFY, platform::seal::verification);
    master::jobs(&mut jobs);
    service::jobs(&mut jobs);
    stock::jobs(&mut jobs);
    trade::jobs(&mut jobs);
    jobs
}

/// Who gets which message of the outbox.
pub fn sinks() -> Sinks {
    let mut sinks = Sinks::default();
    sinks.on(platform::notification::TOPIC, |app, message| Box::pin(platform::notification::store(app, message)));
    service::sinks(&mut sinks);
    sinks
}

/// Who listens to which event.
pub fn bus() -> Bus {
    let mut bus = Bus::default();
    bus.on(|tx, event| Box::pin(stock::api::keep_product_identity(tx, event)));
    bus.on(|tx, event| Box::pin(stock::api::keep_warehouse_purpose(tx, event)));
    bus.on(|tx, event| Box::pin(crate::books::follow_stock(tx, event)));
    service::listen(&mut bus);
    bus
}

/// What the books must keep: each domain's rules.
pub async fn invariants(tx: &ReadTx) -> Result<Vec<InvariantCheck>> {
    let mut checks = finance::api::invariants(tx).await?;
    checks.push(crate::books::goods_tie(tx).await?);
    checks.push(crate::books::goods_received_tie(tx).await?);
    checks.extend(stock::api::invariants(tx).await?);
    checks.extend(trade::api::invariants(tx).await?);
    checks.extend(service::api::invariants(tx).await?);
    Ok(checks)
}

/// What violated constraints mean.
pub fn constraints() -> Vec<Constraint> {
    [
        platform::doc::number_rule::CONSTRAINTS,
        platform::print::CONSTRAINTS,
        platform::seal::CONSTRAINTS,
        identity::CONSTRAINTS,
        master::CONSTRAINTS,
        stock::CONSTRAINTS,
        finance::CONSTRAINTS,
        trade::CONSTRAINTS,
        service::CONSTRAINTS,
    ]
    .concat()
}
