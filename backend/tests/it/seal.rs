//! The audit log is sealed, and whoever changes it behind the product's back is found out.

use crate::chaos::crash::aftercare;
use crate::support::client::Client;
use crate::support::given::{World, customer};
use crate::support::{TestApp, database};
use openapi::system::operation::{GetOperation, OperationState};
use openapi::system::seal::*;
use openapi::{ById, Nothing, Role};
use platform::seal::{Kept, seal_all, verify};
use platform::stop::stop;
use platform::{Actor, Clock, Context, Tx};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};
use tokio::sync::Notify;
use uuid::Uuid;

fn system(app: &TestApp) -> Context {
    Context::internal(Actor::system(Uuid::nil(), ""), app.clock.now(), "test")
}

async fn sealed(app: &TestApp) -> usize {
    seal_all(&app.app, &system(app)).await.unwrap()
}

async fn verdict(app: &TestApp) -> AuditVerdict {
    verify(&app.app, &system(app), &[], async |_, _| Ok(())).await.unwrap()
}

/// What is wrong, row by row.
async fn faults(app: &TestApp) -> Vec<(AuditFault, Option<Uuid>)> {
    let verdict = verdict(app).await;
    assert_eq!(verdict.is_intact, verdict.findings.is_empty());
    verdict.findings.iter().map(|f| (f.fault, f.row.map(|id| id.uuid()))).collect()
}

/// Somebody who rules the database: no trigger stops him.
struct Ruler(DatabaseConnection);

impl Ruler {
    async fn of(app: &TestApp) -> Self {
        let ruler = Ruler(app.app.db.maintenance().clone());
        let triggers: &[&str] = if database::is_postgres() {
            &["ALTER TABLE audit DISABLE TRIGGER ALL", "ALTER TABLE audit_seal DISABLE TRIGGER ALL"]
        } else {
            &[
                "DROP TRIGGER tr_audit_update",
                "DROP TRIGGER tr_audit_delete",
                "DROP TRIGGER tr_audit_seal_update",
                "DROP TRIGGER tr_audit_seal_delete",
            ]
        };
        for trigger in triggers {
            ruler.0.execute_unprepared(trigger).await.unwrap();
        }
        ruler
    }

    async fn does(&self, sql: &str, values: impl IntoIterator<Item = sea_orm::Value>) {
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        assert!(self.0.execute_raw(statement).await.unwrap().rows_affected() > 0, "{sql}");
    }
}

/// Ids of the log, in their order.
async fn log_of(app: &TestApp) -> Vec<Uuid> {
    let statement =
        Statement::from_string(app.app.db.maintenance().get_database_backend(), "SELECT id FROM audit ORDER BY id");
    let rows = app.app.db.maintenance().query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get("", "id").unwrap()).collect()
}

/// A log of some rows that are sealed in two seals, and some that wait.
async fn with_a_log() -> (TestApp, Vec<Uuid>) {
    let app = TestApp::start().await;
    let desk = app.person("desk-1", &[Role::Reception], app.station("HZ01").await).await.1;
    for round in 0..3 {
        for n in 0..4 {
            customer(&desk, &format!("1380013{round:02}{n:02}")).await;
        }
        if round < 2 {
            assert!(sealed(&app).await > 0);
        }
    }
    let log = log_of(&app).await;
    assert_eq!(faults(&app).await, []);
    (app, log)
}

/// H10: a row that is edited, removed, added or moved by somebody who rules the database is named, and nothing else is.
#[actix_web::test]
async fn what_is_done_to_a_row_behind_the_products_back_is_named() {
    let (app, log) = with_a_log().await;
    let before = verdict(&app).await;
    assert!(before.is_intact && before.seals == 2 && before.rows > 8 && before.waiting >= 4, "{before:?}");
    let ruler = Ruler::of(&app).await;
    let (third, fifth) = (log[2], log[4]);
    // an edit, taken back
    ruler.does("UPDATE audit SET actor_name = actor_name || 'x' WHERE id = $1", [third.into()]).await;
    assert_eq!(faults(&app).await, [(AuditFault::Changed, Some(third))]);
    let said = verdict(&app).await;
    assert_eq!((said.findings[0].seal, said.faults), (Some(1), 1));
    assert!(said.findings[0].operation.is_some() && said.findings[0].at.is_some());
    ruler
        .does(
            "UPDATE audit SET actor_name = substr(actor_name, 1, length(actor_name) - 1) WHERE id = $1",
            [third.into()],
        )
        .await;
    assert_eq!(faults(&app).await, []);
    // an edit by somebody who knows how a row is hashed
    ruler.does("UPDATE audit SET hash = $2 WHERE id = $1", [third.into(), vec![7_u8; 32].into()]).await;
    assert_eq!(faults(&app).await, [(AuditFault::Changed, Some(third))]);
    // the first in the order of the log comes first
    ruler.does("UPDATE audit SET ip = '10.0.0.1' WHERE id = $1", [fifth.into()]).await;
    assert_eq!(faults(&app).await, [(AuditFault::Changed, Some(third)), (AuditFault::Changed, Some(fifth))]);
    ruler.does("DELETE FROM audit WHERE id = $1", [third.into()]).await;
    assert_eq!(faults(&app).await, [(AuditFault::Removed, Some(third)), (AuditFault::Changed, Some(fifth))]);
}

/// H10: two rows that change places, by their times or by their ids.
#[actix_web::test]
async fn rows_that_change_places_are_named() {
    let (app, log) = with_a_log().await;
    let ruler = Ruler::of(&app).await;
    let (second, fourth) = (log[1], log[3]);
    let spare = Uuid::from_u128(1);
    for (from, to) in [(second, spare), (fourth, second), (spare, fourth)] {
        ruler.does("UPDATE audit SET id = $2 WHERE id = $1", [from.into(), to.into()]).await;
    }
    assert_eq!(faults(&app).await, [(AuditFault::Changed, Some(second)), (AuditFault::Changed, Some(fourth))]);
}

/// H10: a row that is written past the product is neither sealed nor waiting, whenever it pretends to have been written.
#[actix_web::test]
async fn a_row_that_is_added_is_named() {
    let (app, log) = with_a_log().await;
    let ruler = Ruler::of(&app).await;
    let copy = "INSERT INTO audit (id, created_at, actor_id, actor_name, operation, subject_kind, subject_id, before, after, ip, request_id, hash) \
        SELECT $2, created_at, actor_id, actor_name, operation, subject_kind, subject_id, before, after, ip, request_id, hash FROM audit WHERE id = $1";
    let added = platform::new_id();
    ruler.does(copy, [log[2].into(), added.into()]).await;
    assert_eq!(faults(&app).await, [(AuditFault::Added, Some(added))]);
    // sealing what waits does not take it in
    sealed(&app).await;
    assert_eq!(faults(&app).await, [(AuditFault::Added, Some(added))]);
    // nor does a row that waits a second time cover it up
    ruler.does("INSERT INTO audit_unsealed (audit_id) VALUES ($1)", [log[0].into()]).await;
    assert_eq!(faults(&app).await, [(AuditFault::Added, Some(added))]);
}

/// H10: what is done before a row is sealed shows for ever; what is done to the queue shows too.
#[actix_web::test]
async fn what_is_done_before_the_seal_is_named_after_it() {
    let (app, log) = with_a_log().await;
    let ruler = Ruler::of(&app).await;
    let [.., gone, changed, last] = log.as_slice() else { panic!("{log:?}") };
    ruler.does("DELETE FROM audit WHERE id = $1", [(*gone).into()]).await;
    assert_eq!(faults(&app).await, [(AuditFault::Removed, Some(*gone))]);
    ruler.does("UPDATE audit SET after = '{}' WHERE id = $1", [(*changed).into()]).await;
    sealed(&app).await;
    assert_eq!(faults(&app).await, [(AuditFault::Removed, Some(*gone)), (AuditFault::Changed, Some(*changed))]);
    let desk = app.person("desk-2", &[Role::Reception], app.headquarters().await).await.1;
    customer(&desk, "13900139000").await;
    ruler.does("DELETE FROM audit_unsealed", []).await;
    let found = faults(&app).await;
    assert!(found.len() > 2 && found[2..].iter().all(|(fault, _)| *fault == AuditFault::Added), "{found:?}");
    assert!(!found.iter().any(|(_, row)| row == &Some(*last)));
}

/// H10: seals themselves cannot be edited, removed, moved or made by somebody without the key; a chain that is cut short is told by a root
/// that was kept elsewhere.
#[actix_web::test]
async fn what_is_done_to_a_seal_is_named() {
    let (app, _) = with_a_log().await;
    let refused = async |sql: &str| {
        let done = app.app.db.maintenance().execute_unprepared(sql).await;
        assert!(done.unwrap_err().to_string().contains("append only"), "{sql}");
    };
    for table in ["audit", "audit_seal"] {
        refused(&format!("DELETE FROM {table}")).await;
    }
    refused("UPDATE audit SET ip = ''").await;
    refused("UPDATE audit_seal SET total = 0").await;
    if database::is_postgres() {
        refused("TRUNCATE audit_seal").await;
    }
    sealed(&app).await;
    let last = verdict(&app).await.last.unwrap();
    assert_eq!(last.seq, 3);
    let ruler = Ruler::of(&app).await;
    let seals = async |kept: &[Kept]| {
        let verdict = verify(&app.app, &system(&app), kept, async |_, _| Ok(())).await.unwrap();
        verdict.findings.into_iter().map(|f| (f.fault, f.seal)).collect::<Vec<_>>()
    };
    ruler.does("UPDATE audit_seal SET total = total + 1 WHERE seq = 2", []).await;
    assert!(seals(&[]).await.contains(&(AuditFault::SealChanged, Some(2))));
    ruler.does("UPDATE audit_seal SET total = total - 1 WHERE seq = 2", []).await;
    assert_eq!(seals(&[]).await, []);
    ruler.does("UPDATE audit_seal SET key_name = 'other' WHERE seq = 2", []).await;
    assert_eq!(seals(&[]).await, [(AuditFault::KeyUnknown, Some(2))]);
    ruler
        .does("UPDATE audit_seal SET key_name = (SELECT key_name FROM audit_seal WHERE seq = 1) WHERE seq = 2", [])
        .await;
    let kept = |seq, root: &str| [Kept { seq, root: root.to_owned() }];
    assert_eq!(seals(&kept(3, &last.root)).await, []);
    assert_eq!(seals(&kept(3, "00")).await, [(AuditFault::SealChanged, Some(3))]);
    // somebody removes the last seal together with its rows, and those that wait: nothing within the database tells
    let rows = "DELETE FROM audit WHERE id NOT IN (SELECT id FROM audit ORDER BY id LIMIT $1)";
    ruler.does(rows, [(last.total - last.row_count).into()]).await;
    ruler.does("DELETE FROM audit_seal WHERE seq = 3", []).await;
    assert_eq!(seals(&[]).await, []);
    assert_eq!(seals(&kept(3, &last.root)).await, [(AuditFault::SealMissing, Some(3))]);
    // the first is gone
    ruler.does("DELETE FROM audit_seal WHERE seq = 1", []).await;
    assert_eq!(seals(&[]).await[0], (AuditFault::SealMissing, Some(1)));
}

/// A transaction that began before a seal and commits after it brings its rows into the next.
#[actix_web::test]
async fn rows_that_commit_late_come_into_the_next_seal() {
    let app = TestApp::start().await;
    let org = app.station("HZ01").await;
    sealed(&app).await;
    if database::is_postgres() {
        // its rows are written and not committed while another one commits and a seal is made
        let slow = app.app.db.maintenance().begin().await.unwrap();
        let early = platform::new_id();
        let insert = "INSERT INTO audit (id, created_at, actor_id, actor_name, operation, subject_kind, subject_id, ip, request_id) \
            VALUES ($1, now(), $1, 'x', 'x', 'x', $1, '', '')";
        let backend = app.app.db.maintenance().get_database_backend();
        for sql in [insert, "INSERT INTO audit_unsealed (audit_id) VALUES ($1)"] {
            slow.execute_raw(Statement::from_sql_and_values(backend, sql, [early.into()])).await.unwrap();
        }
        app.person("later", &[Role::Reception], org).await;
        assert!(sealed(&app).await > 0);
        assert!(*log_of(&app).await.last().unwrap() > early);
        assert_eq!(faults(&app).await, []);
        slow.commit().await.unwrap();
        assert_eq!(verdict(&app).await.waiting, 1);
        assert_eq!(sealed(&app).await, 1);
        assert_eq!(faults(&app).await, []);
        // the same by a command
        let (is_begun, go_on) = (Notify::new(), Notify::new());
        let late = app.as_system(async |tx: &Tx| {
            tx.audit("late", Uuid::nil(), None, None);
            is_begun.notify_one();
            go_on.notified().await;
            Ok(())
        });
        let meanwhile = async {
            is_begun.notified().await;
            app.person("meanwhile", &[Role::Reception], org).await;
            assert!(sealed(&app).await > 0);
            go_on.notify_one();
        };
        futures::join!(late, meanwhile);
        assert_eq!(sealed(&app).await, 1);
    }
    // a clock that was set back makes ids that lie before those that are sealed
    app.as_system(async |tx: &Tx| {
        tx.audit("back", Uuid::nil(), None, None);
        Ok(())
    })
    .await;
    let ruler = Ruler::of(&app).await;
    let newest = *log_of(&app).await.last().unwrap();
    let (old, backend) = (Uuid::from_u128(5), ruler.0.get_database_backend());
    for sql in [
        "UPDATE audit SET id = $2, hash = NULL WHERE id = $1",
        "UPDATE audit_unsealed SET audit_id = $2 WHERE audit_id = $1",
    ] {
        ruler.0.execute_raw(Statement::from_sql_and_values(backend, sql, [newest.into(), old.into()])).await.unwrap();
    }
    assert_eq!(sealed(&app).await, 1);
    assert_eq!(faults(&app).await, []);
}

/// Two processes that seal at once make one chain, and every row is in it once.
#[actix_web::test]
async fn processes_that_seal_at_once_make_one_chain() {
    let app = TestApp::start().await;
    let other = app.another().await;
    let desk = app.person("desk-1", &[Role::Reception], app.station("HZ01").await).await.1;
    let write = async {
        for n in 0..60 {
            customer(&desk, &format!("138001380{n:02}")).await;
        }
    };
    let seal = async |at: &TestApp| {
        for _ in 0..30 {
            match seal_all(&at.app, &system(at)).await {
                Ok(_) => {}
                Err(failure) => assert_eq!(failure.code(), openapi::problem::BUSY, "{failure}"),
            }
        }
    };
    futures::join!(write, seal(&app), seal(&other));
    sealed(&app).await;
    let verdict = verdict(&app).await;
    assert!(verdict.is_intact && verdict.waiting == 0, "{verdict:?}");
    assert_eq!(verdict.rows, log_of(&app).await.len() as i64);
}

async fn state(client: &Client) -> AuditSealing {
    client.call::<GetAuditSealing>(Nothing, Nothing, Nothing).await.unwrap()
}

/// The clock seals, and leaves neither a job nor an audit row of its own; headquarters asks for a verification and reads what it found.
#[actix_web::test]
async fn the_clock_seals_and_headquarters_verifies() {
    let world = World::build().await;
    let app = &world.app;
    let (_stopper, stop) = stop();
    let before = state(&world.admin).await;
    assert!(
        before.last.is_none() && before.waiting > 0 && before.waiting_since.is_some() && before.verification.is_none()
    );
    let entry = platform::job::cron::Entry { job: platform::seal::SEAL, at: "0 * * * * *" };
    assert!(platform::job::cron::elect(&app.app, "process 0", entry).await.unwrap());
    while platform::job::one(&app.app, "process 0", &stop).await.unwrap() {}
    let after = state(&world.admin).await;
    assert_eq!(after.waiting, 0, "the job is no row of the log");
    assert_eq!(after.last.as_ref().map(|seal| (seal.seq, seal.total)), Some((1, before.waiting)));
    assert!(platform::job::recent(&app.app, 50).await.unwrap().iter().all(|job| job.kind != platform::seal::SEAL));
    customer(&world.admin, "13900001111").await;
    let fresh = state(&world.admin).await.waiting;
    assert!(fresh > 0);
    let asked = world.admin.call::<VerifyAudit>(Nothing, Nothing, Nothing).await.unwrap();
    assert_eq!(state(&world.admin).await.verification.unwrap().state, OperationState::Queued);
    while platform::job::one(&app.app, "process 0", &stop).await.unwrap() {}
    let done = world.admin.call::<GetOperation>(ById { id: asked.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(done.state, OperationState::Done, "{done:?}");
    let verdict: AuditVerdict = serde_json::from_str(&done.result.unwrap()).unwrap();
    let is_all_sealed = verdict.waiting == 0 && verdict.rows >= before.waiting + fresh;
    assert!(verdict.is_intact && is_all_sealed, "what waited was sealed first: {verdict:?}");
    assert_eq!(state(&world.admin).await.verification.unwrap().id, asked.id);
    let desk = &world.near.people[&Role::Reception];
    assert_eq!(desk.call::<VerifyAudit>(Nothing, Nothing, Nothing).await.unwrap_err().status, 403);
    assert_eq!(desk.call::<GetAuditSealing>(Nothing, Nothing, Nothing).await.unwrap_err().status, 403);
}

/// H10: `aftercare audit verify` names the first bad row and ends with 1; it needs the key, and says which.
#[actix_web::test]
async fn the_command_line_names_the_first_bad_row() {
    let (app, log) = with_a_log().await;
    let config = &app.app.config;
    let run = |arguments: &[&str]| {
        let output = aftercare(config, arguments).stderr(std::process::Stdio::piped()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code(), said)
    };
    let (code, said) = run(&["audit", "verify"]);
    assert!(code == Some(0) && said.contains("the audit log is as it was written"), "{said}");
    let (_, roots) = run(&["audit", "roots"]);
    let kept = roots.lines().nth(1).unwrap().split(' ').next().unwrap().to_owned();
    assert!(kept.starts_with("2:") && kept.len() == 66, "{roots}");
    assert_eq!(run(&["audit", "verify", "--root", &kept]).0, Some(0));
    let (code, said) = run(&["audit", "seal"]);
    assert!(code == Some(0) && said.contains("row(s) sealed"), "{said}");
    let (code, said) = run(&["doctor"]);
    assert!(code == Some(0) && said.contains("audit: seal 3 is ") && said.contains("nothing waits"), "{said}");
    // a key of its own makes the next seal; afterwards the older keys only check
    app.person("desk-9", &[Role::Reception], app.headquarters().await).await;
    let (new, newer) = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210");
    let keyed = |keys: &str, what: &str| {
        let output = aftercare(config, &["audit", what]).env("AFTERCARE_AUDIT_KEY", keys).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(keyed(new, "seal").0, Some(0));
    assert!(run(&["audit", "verify"]).1.contains("A seal was made with an unknown key, seal 4"));
    assert_eq!((keyed(new, "verify").0, keyed(&format!("{newer}, {new}"), "verify").0), (Some(0), Some(0)));
    assert_eq!(keyed(newer, "verify").0, Some(1));
    let ruler = Ruler::of(&app).await;
    ruler
        .does("UPDATE audit SET after = NULL, before = '{}' WHERE id IN ($1, $2)", [log[3].into(), log[6].into()])
        .await;
    let (code, said) = keyed(new, "verify");
    let first = said.lines().find(|line| line.starts_with("FAILED")).unwrap();
    assert!(code == Some(1) && first.contains(&log[3].to_string()) && first.contains("A row was changed"), "{said}");
    assert!(said.contains("2 fault(s)"), "{said}");
    assert_eq!(run(&["audit", "verify", "--root", "3:00"]).0, Some(1));
    let output = aftercare(config, &["audit", "verify"]).env_remove("AFTERCARE_JWT_SECRET").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}
