//! Stations: the tree from the headquarters over the regions down to the service stations.

use crate::choices;

choices! {
    /// What a node of the station tree is.
    StationKind {
        Headquarters = "headquarters" ("总部", "Headquarters", Danger),
        Region = "region" ("大区", "Region", Info),
        Station = "station" ("网点", "Station", Success),
    }
}
