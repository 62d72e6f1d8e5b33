//! What the installation says about itself.

use openapi::scalar::CURRENCY;
use openapi::system::{About, CheckInvariants, GetAbout, ListAudit};
use platform::http::{Api, free, read};
use platform::{App, Call, Context, Result};

pub(crate) fn mount(api: &mut Api) {
    free::<GetAbout>(api, about);
    platform::attachment::mount(api);
    platform::doc::number_rule::mount(api);
    platform::export::mount(api);
    platform::job::mount(api);
    platform::notification::mount(api);
    platform::print::mount(api);
    platform::seal::mount(api);
    read::<ListAudit>(api, platform::doc::audit::list);
    read::<CheckInvariants>(api, crate::invariants::answer);
}

async fn about(app: &App, context: &Context, _: Call<GetAbout>) -> Result<About> {
    Ok(About {
        product: "Aftercare".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        database: app.db.dialect().name().to_owned(),
        is_demo: app.config.demo,
        currency: CURRENCY.to_owned(),
        time_zone: app.config.time_zone.clone(),
        now: context.now.into(),
    })
}
