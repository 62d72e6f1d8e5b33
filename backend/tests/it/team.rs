//! Teams, and rights that reach as far as one.

use crate::support::TestApp;
use crate::support::client::{Client, version};
use crate::ticket::shop::{Shop, act};
use openapi::identity::UserId;
use openapi::identity::role::{CreateRole, Grant, RoleDraft};
use openapi::identity::team::{CreateTeam, GetTeam, ListTeams, Team, TeamDraft, TeamFilter, TeamId, UpdateTeam};
use openapi::identity::user::{GetUser, UpdateUser, UserDraft};
use openapi::service::custody::ListHeldParts;
use openapi::service::ticket::*;
use openapi::service::{TICKET_PARTS, TICKET_VIEW};
use openapi::{ById, Listing, Nothing, Plain, Role, Scope};
use uuid::Uuid;

fn draft(name: &str, leader: Uuid, members: &[Uuid]) -> TeamDraft {
    TeamDraft {
        org_id: None,
        name: name.parse().unwrap(),
        leader_id: leader.into(),
        member_ids: members.iter().map(|id| (*id).into()).collect(),
        territory: Some("西湖区、拱墅区".parse().unwrap()),
        remark: None,
        is_active: true,
    }
}

fn by_id(id: TeamId) -> ById<Team> {
    ById { id }
}

/// A person whose rights over tickets reach as far as the team.
async fn team_engineer(shop: &Shop, login: &str) -> (Uuid, Client) {
    let grant = |code: &str| Grant { permission: code.parse().unwrap(), scope: Scope::Team };
    let role = RoleDraft {
        code: login.parse().unwrap(),
        name_zh: "组员".parse().unwrap(),
        name_en: "Team member".parse().unwrap(),
        is_station_role: true,
        remark: None,
        grants: vec![grant(TICKET_VIEW.code), grant(TICKET_PARTS.code)],
    };
    let admin = &shop.world.admin;
    let role = admin.call::<CreateRole>(Nothing, Nothing, role).await.unwrap();
    let (id, client) = shop.world.app.person(login, &[], shop.world.near.id).await;
    let person = admin.call::<GetUser>(ById { id: id.into() }, Nothing, Nothing).await.unwrap();
    let with_role = UserDraft {
        login: person.login,
        name: person.name,
        org_id: person.org_id,
        phone: None,
        email: None,
        position: None,
        language: person.language,
        party_id: None,
        role_ids: vec![role.id],
        first_password: None,
    };
    let at = version(person.version);
    admin.call_with::<UpdateUser>(ById { id: id.into() }, Nothing, with_role, at).await.unwrap();
    (id, client)
}

async fn seen(by: &Client) -> Vec<String> {
    let rows = by.call::<ListTickets>(Nothing, Listing::default(), Nothing).await.unwrap().items;
    rows.into_iter().map(|row| row.number).collect()
}

/// Proves: S2-1.5
#[actix_web::test]
async fn a_team_has_a_leader_members_and_an_area_and_is_kept_by_its_station() {
    let app = TestApp::start().await;
    let (here, there) = (app.station("HERE").await, app.station("THERE").await);
    let boss = app.person("boss", &[Role::StationManager], here).await.1;
    let (li, engineer) = app.person("19145", &[Role::Engineer], here).await;
    let (han, _) = app.person("19146", &[Role::Engineer], here).await;
    let (stranger, other_boss) = app.person("19147", &[Role::StationManager], there).await;
    let team = boss.call::<CreateTeam>(Nothing, Nothing, draft("一组", li, &[li, han])).await.unwrap();
    assert_eq!(
        team.members.iter().map(|m| (&*m.login, m.is_leader)).collect::<Vec<_>>(),
        [("19145", true), ("19146", false)]
    );
    assert_eq!(team.member_ids, [UserId::from(han)], "the leader is counted once");
    let again = boss.call::<CreateTeam>(Nothing, Nothing, draft("一组", li, &[])).await.unwrap_err();
    assert_eq!(again.errors(), [("/name", "taken")]);
    let strange = boss.call::<CreateTeam>(Nothing, Nothing, draft("二组", stranger, &[han, stranger])).await;
    assert_eq!(
        strange.unwrap_err().errors(),
        [("/leader_id", "reference_not_found"), ("/member_ids/1", "reference_not_found")]
    );
    let elsewhere = TeamDraft { org_id: Some(there.into()), ..draft("二组", stranger, &[]) };
    let elsewhere = boss.call::<CreateTeam>(Nothing, Nothing, elsewhere).await.unwrap_err();
    assert_eq!(elsewhere.errors(), [("/org_id", "reference_not_found")]);

    // the far station neither sees nor changes it, the near one finds it by person
    assert_eq!(other_boss.call::<GetTeam>(by_id(team.id), Nothing, Nothing).await.unwrap_err().status, 404);
    let of = |user: Uuid| Listing {
        filter: TeamFilter { user_id: Some(user.into()), ..TeamFilter::default() },
        ..Listing::default()
    };
    let rows = engineer.call::<ListTeams>(Nothing, of(han), Nothing).await.unwrap().items;
    assert_eq!(rows.iter().map(|row| (&*row.name, row.member_count)).collect::<Vec<_>>(), [("一组", 2)]);
    assert!(engineer.call::<ListTeams>(Nothing, of(stranger), Nothing).await.unwrap().items.is_empty());
    let moved = TeamDraft { org_id: Some(there.into()), ..draft("一组", li, &[]) };
    let moved = boss.call_with::<UpdateTeam>(by_id(team.id), Nothing, moved, version(team.version)).await.unwrap_err();
    assert_eq!(moved.errors(), [("/org_id", "not_changeable")]);
    let smaller = draft("一组", han, &[]);
    let team = boss.call_with::<UpdateTeam>(by_id(team.id), Nothing, smaller, version(team.version)).await.unwrap();
    assert_eq!(team.members.len(), 1);
    assert!(!engineer.call::<GetTeam>(by_id(team.id), Nothing, Nothing).await.unwrap().is_editable);
}

/// Proves: S2-1.5, S2-1.3
#[actix_web::test]
async fn a_right_that_reaches_as_far_as_the_team_shows_the_work_of_its_people_and_no_more() {
    let shop = Shop::open().await;
    let boss = shop.who(Role::StationManager);
    let han = shop.world.near.users[&Role::Engineer];
    let ticket = shop.diagnosed("861234567890127", "out").await;
    let (li, client) = team_engineer(&shop, "19145").await;
    assert!(seen(&client).await.is_empty(), "in no team: only one's own");
    let outside = client.call::<GetTicket>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap_err();
    assert_eq!(outside.status, 404);

    let team = boss.call::<CreateTeam>(Nothing, Nothing, draft("一组", han, &[li])).await.unwrap();
    assert_eq!(seen(&client).await.as_slice(), std::slice::from_ref(&ticket.number), "with the next request");
    let found = client.call::<GetTicket>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(found.number, ticket.number);
    // a ticket of nobody in the team stays out of sight
    let free = shop.who(Role::Reception);
    let free = free.call::<CreateTicket>(Nothing, Nothing, shop.intake("861234567890200", "out")).await.unwrap();
    assert_eq!(client.call::<GetTicket>(ById { id: free.id }, Nothing, Nothing).await.unwrap_err().status, 404);
    // and a right to see everything of the station is not made smaller by being in a team
    assert_eq!(seen(boss).await.len(), 3, "the station's: the sample's, the engineer's and the free one");

    let at = version(team.version);
    let over = TeamDraft { is_active: false, ..draft("一组", han, &[li]) };
    let team = boss.call_with::<UpdateTeam>(by_id(team.id), Nothing, over, at).await.unwrap();
    assert!(seen(&client).await.is_empty(), "a team that exists no longer shows nothing");
    let at = version(team.version);
    boss.call_with::<UpdateTeam>(by_id(team.id), Nothing, draft("一组", han, &[li]), at).await.unwrap();
    assert_eq!(seen(&client).await.len(), 1);
}

/// Proves: S2-1.5
#[actix_web::test]
async fn parts_in_the_hands_of_the_team_are_seen_by_the_team() {
    let shop = Shop::open().await;
    let engineer = shop.who(Role::Engineer);
    let ticket = shop.diagnosed("861234567890127", "out").await;
    let ticket = act::<AddTicketParts>(engineer, &ticket, shop.parts(shop.screen, 2)).await.unwrap();
    let moves = crate::ticket::shop::moves(&ticket, 0, 2);
    act::<IssueTicketParts>(engineer, &ticket, moves).await.unwrap();
    let (li, client) = team_engineer(&shop, "19145").await;
    let held = async || client.call::<ListHeldParts>(Nothing, Plain::default(), Nothing).await.unwrap().items.len();
    assert_eq!(held().await, 0);
    let han = shop.world.near.users[&Role::Engineer];
    shop.who(Role::StationManager).call::<CreateTeam>(Nothing, Nothing, draft("一组", li, &[han])).await.unwrap();
    assert_eq!(held().await, 1);
}
