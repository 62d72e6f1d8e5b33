//! Who may call what: 401, 403 for each role, 404 for another station's object.

use crate::support::given::{SHARED, World};
use crate::support::sample::path_of;
use openapi::choice::Choice;
use openapi::{Access, Role, Scope};
use uuid::Uuid;

#[actix_web::test]
async fn without_a_token_nothing_but_the_public_rows_answers() {
    let world = World::build().await;
    let nobody = world.app.anonymous();
    for row in super::rows().filter(|row| row.access != Access::Public) {
        let answer = nobody.request(row.method.as_str(), &path_of(row, Uuid::nil())).send().await.unwrap();
        assert_eq!(answer.status(), 401, "{}", row.name);
        assert_eq!(answer.headers()["content-type"], "application/problem+json", "{}", row.name);
    }
    let forged = nobody.with_token("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.");
    for row in super::rows().filter(|row| row.access != Access::Public) {
        let answer = forged.request(row.method.as_str(), &path_of(row, Uuid::nil())).send().await.unwrap();
        assert_eq!(answer.status(), 401, "{}", row.name);
    }
}

#[actix_web::test]
async fn an_expired_token_is_refused_everywhere() {
    let world = World::build().await;
    world.app.clock.advance(chrono::Duration::minutes(11));
    for row in super::rows().filter(|row| row.access != Access::Public) {
        let answer = world.admin.request(row.method.as_str(), &path_of(row, Uuid::nil())).send().await.unwrap();
        let problem: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(
            (problem["status"].as_i64(), problem["code"].as_str()),
            (Some(401), Some("token_expired")),
            "{}",
            row.name
        );
    }
}

/// Proves: S2-1.3
#[actix_web::test]
async fn each_role_reaches_exactly_what_its_permissions_say() {
    let world = World::build().await;
    for row in super::rows() {
        let Access::Needs(permission) = row.access else { continue };
        for role in Role::ALL {
            let person = &world.near.people[role];
            let answer = person.request(row.method.as_str(), &path_of(row, Uuid::nil())).send().await.unwrap();
            let status = answer.status().as_u16();
            match permission.preset(*role) {
                None => assert_eq!(status, 403, "{} as {role}", row.name),
                Some(_) => assert!(!matches!(status, 401 | 403) && status < 500, "{} as {role}: {status}", row.name),
            }
        }
    }
}

#[actix_web::test]
async fn another_stations_object_does_not_exist() {
    let world = World::build().await.short_of_parts().await;
    for row in super::rows() {
        let (Access::Needs(permission), Some(resource)) = (row.access, row.resource) else { continue };
        if SHARED.contains(&resource) {
            continue;
        }
        let object = world.far.objects.get(resource);
        let object = *object.unwrap_or_else(|| {
            panic!("{}: support/given.rs makes no {resource}, and SHARED does not list it", row.name)
        });
        for role in Role::ALL {
            let Some(Scope::Station | Scope::Own | Scope::Team | Scope::Party) = permission.preset(*role) else {
                continue;
            };
            let status = world.send_sample(&world.near.people[role], row, object, None).await.status().as_u16();
            assert_eq!(status, 404, "{} as {role} of another station", row.name);
        }
    }
}
