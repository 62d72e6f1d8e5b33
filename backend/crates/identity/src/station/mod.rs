//! Stations: the tree from the headquarters over the regions down to the service stations.

pub(crate) mod entity;
