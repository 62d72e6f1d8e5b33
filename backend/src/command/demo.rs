//! `aftercare demo`

use super::{Ended, Options, say};
use crate::demo::{self, Ground, Scale};
use std::process::ExitCode;

#[derive(clap::Args)]
pub(super) struct Demo {
    /// The same seed gives the same data
    #[arg(long, default_value_t = demo::SEED)]
    seed: u64,
    /// How much: `small` for a quick look, `full` for a year of six stations, `d10k`, `d100k`, `d1m` for measuring
    #[arg(long, value_enum, default_value_t = Scale::Full, env = "AFTERCARE_DEMO_SCALE")]
    scale: Scale,
    /// Do nothing when the database holds customers already (otherwise that is an error)
    #[arg(long)]
    if_empty: bool,
}

impl Demo {
    pub(super) async fn run(self, options: &Options) -> Ended {
        let app = options.workshop().await?;
        crate::app::prepare(&app).await.map_err(say)?;
        let ground = demo::ground(&app).await.map_err(say)?;
        if ground == Ground::Half {
            return Err(demo::HALF.to_owned());
        }
        if ground == Ground::Empty {
            let began = std::time::Instant::now();
            demo::load(&app, self.seed, self.scale).await.map_err(say)?;
            println!("demo data loaded in {} s", began.elapsed().as_secs());
        } else if self.if_empty {
            println!("the database is in use already: nothing loaded");
        } else {
            return Err("the database holds data already; demo data goes into an empty one (--data DIR names another)"
                .to_owned());
        }
        print!("{}", demo::welcome());
        app.db.close().await.map_err(say)?;
        Ok(ExitCode::SUCCESS)
    }
}
